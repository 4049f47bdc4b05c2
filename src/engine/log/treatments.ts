import type { FindingKind, Policy, Treatment } from "../../model/policy.js";
import type { GroupIdentity } from "../ledger.js";

/** A policy's decisions about the findings of one input. The policy is asked once for each kind of finding. */
export class Treatments {
  readonly #policy: Policy;
  readonly #path: string;
  readonly #known = new Map<string, Treatment>();

  constructor(policy: Policy, path: string) {
    this.#policy = policy;
    this.#path = path;
  }

  /** A kind of finding with the decision about it. */
  treated(kind: GroupIdentity): GroupIdentity {
    const { waiver, quota, level = kind.level } = this.of(kind);
    if (waiver === undefined && level === kind.level) return kind;
    return {
      ...kind,
      level,
      ...(waiver !== undefined && { waiver }),
      ...(quota !== undefined && { quota }),
      ...(level !== kind.level && { ownLevel: kind.level }),
    };
  }

  of({ rule, clauses, level, message, shape }: FindingKind): Treatment {
    const key = `${rule}\n${level}\n${shape}\n${message}\n${clauses.join()}`;
    let treatment = this.#known.get(key);
    if (treatment === undefined) {
      treatment = this.#policy.treatmentOf({ rule, clauses, level, message, shape }, this.#path);
      this.#known.set(key, treatment);
    }
    return treatment;
  }
}
