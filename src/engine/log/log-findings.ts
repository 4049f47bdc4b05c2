import type { Policy } from "../../model/policy.js";
import type { LogDraft } from "../../model/rule.js";
import { valueDigest } from "../../model/value-digests.js";
import { groupIdentityOf, type Rulebook } from "../block/rulebook.js";
import {
  clauseTallyOf,
  countOccurrences,
  emptyLedger,
  type FindingGroup,
  groupFor,
  type Ledger,
  leaveOpen,
  listLocation,
  type RawLocation,
} from "../ledger.js";
import { mergeLocations, mergeTallies, mergeValues } from "../merge-ledger.js";
import type { OccurrenceSink } from "../passage.js";
import type { InputState } from "./input-state.js";
import { takeBackWaivers } from "./overdrawn.js";

export interface FindingLimits {
  /** The number of locations that each finding lists. */
  readonly maxFindings: number;
  /** The project's decisions about findings. */
  readonly policy: Policy;
}

/** The part of a rule that identifies its findings. */
type FindingRule = Rulebook["rules"][number];

/**
 * Responsible for: the findings of a whole log, with the policy's decisions about them.
 * May not: judge.
 */
export class LogFindings {
  readonly ledger = emptyLedger();
  /** Number of occurrences by the name of each quota that was exceeded. */
  overdrawn: ReadonlyMap<string, number> = new Map();
  readonly #rulebook: Rulebook;
  readonly #limits: FindingLimits;
  readonly #sink: OccurrenceSink | undefined;

  constructor(rulebook: Rulebook, limits: FindingLimits, sink: OccurrenceSink | undefined) {
    this.#rulebook = rulebook;
    this.#limits = limits;
    this.#sink = sink;
  }

  /** Adds findings of one input. */
  add(part: Ledger, { treatments }: InputState): void {
    mergeTallies(this.ledger, part);
    for (const group of part.groups.values()) {
      const own = groupFor(this.ledger, treatments.treated(group));
      countOccurrences(this.ledger, own, group.count, this.#rulebook.clauses);
      mergeValues(own, group.values);
      mergeLocations(own, group, this.#limits.maxFindings);
    }
  }

  /** Adds only the text findings of events without event_family; leaves the other clauses open. */
  addTexts(input: InputState): void {
    const { groups, tallies } = input.familyless;
    const [kept, clauses] = [new Set<string>(), new Set<string>()];
    for (const rule of this.#rulebook.textual) {
      kept.add(rule.id);
      for (const clause of rule.clauses) clauses.add(clause);
    }
    this.add(
      {
        groups: new Map([...groups].filter(([, { rule }]) => kept.has(rule))),
        tallies: new Map([...tallies].filter(([clause]) => clauses.has(clause))),
      },
      input,
    );
    for (const { rule, level, clauses: broken } of groups.values())
      for (const clause of kept.has(rule) ? [] : broken)
        if (this.#rulebook.clauses.get(clause)?.level === level) this.leaveOpen(clause, REPLACED);
  }

  leaveOpen(clause: string, reason: string): void {
    leaveOpen(clauseTallyOf(this.ledger, clause), reason);
  }

  /** Takes back the waivers whose quota was exceeded. Call it once, after everything is counted. */
  takeBackWaivers(): void {
    const { policy, maxFindings } = this.#limits;
    const quotaOf = (name: string) => policy.quotaOf(name);
    this.overdrawn = takeBackWaivers(this.ledger, quotaOf, this.#rulebook.clauses, maxFindings);
  }

  /** Adds a finding about the log, or about the input that it names. */
  file(rule: FindingRule, draft: LogDraft, location: RawLocation, input: InputState | undefined): void {
    const own = groupIdentityOf(rule, draft, this.#rulebook);
    const identity = input?.treatments.treated(own) ?? own;
    const group = groupFor(this.ledger, identity);
    countOccurrences(this.ledger, group, 1 + (draft.more ?? 0), this.#rulebook.clauses);
    const { valueKey } = this.#limits.policy;
    const { values, related = [], relatedPointer = draft.pointer } = draft;
    if (valueKey !== undefined && values !== undefined)
      mergeValues(
        group,
        values.map((value) => valueDigest(valueKey, value)),
      );
    const differsFrom = draft.showsDifference === true ? { differsFrom: draft.at } : {};
    const evidence = related.map((at) => ({ at, pointer: relatedPointer, ...differsFrom }));
    listLocation(group, location, evidence, this.#limits.maxFindings);
    this.#sink?.writeLate({ position: location.at, related, occurrence: occurrenceOf(group, location) });
  }
}

const REPLACED = "a file without any event_family is not judged event by event";

function occurrenceOf(
  { rule, clauses, level, message, hint, waiver, quota }: FindingGroup,
  { pointer, path, absent }: RawLocation,
) {
  return {
    rule,
    clauses,
    level,
    message,
    ...(hint !== undefined && { hint }),
    ...(waiver !== undefined && { waived: true as const }),
    ...(quota !== undefined && { quota }),
    ...(pointer !== undefined && { pointer }),
    ...(path !== undefined && { path }),
    ...(absent !== undefined && { absent }),
  };
}
