import type { Activity } from "../../model/activity.js";
import type { ClaimName } from "../../model/claim.js";
import type { Clause } from "../../model/clause.js";
import type { Parts } from "../../model/part.js";
import type { Policy } from "../../model/policy.js";
import type {
  ConfigurationSummary,
  EvidencePack,
  InputSummary,
  NotRead,
  ProtocolSummary,
  RunError,
} from "../../model/report.js";
import type { CrosscutRow, GraphTotals, Position, RuleMeta, StatedRuntime } from "../../model/rule.js";
import type { Where } from "../passage.js";

/** Everything in a report that the ledger does not count. */
export interface ReportParts {
  readonly toolVersion: string;
  readonly protocol: ProtocolSummary;
  readonly inputs: readonly InputSummary[];
  readonly claims: readonly ClaimName[];
  readonly errors: readonly RunError[];
  readonly policy: Policy;
  /** True if the run was stopped before it had read everything. */
  readonly isInterrupted: boolean;
  /** True if the log was judged as one that covers the whole run. */
  readonly isComplete: boolean;
  /** True if the sender's values are masked. */
  readonly isRedacted: boolean;
  /** The parts of the log that were read. */
  readonly parts: Parts;
  readonly packs: readonly EvidencePack[];
  /** Sorted by path. */
  readonly notRead: readonly NotRead[];
  readonly configuration?: ConfigurationSummary | undefined;
  /** The runtimes that mappings name. */
  readonly runtimes: readonly (StatedRuntime & { readonly at: Position })[];
  readonly graphs: readonly GraphTotals[];
  readonly crosscuts: readonly CrosscutRow[];
  readonly activity: Activity | undefined;
  readonly clauses: readonly Clause[];
  readonly rules: readonly RuleMeta[];
  /** Names the documents that contain the clauses. */
  readonly documents: Readonly<Record<Clause["document"], string>>;
  readonly whereIs: (at: Position) => Where;
  /** Clauses that the loaded protocol files test only in part, each with the reason. */
  readonly incomplete: ReadonlyMap<string, string>;
}
