import type { ClauseStatus, Level } from "../../model/clause.js";
import type { Finding, Location } from "../../model/finding.js";
import type { Verdict } from "../../model/report.js";

/** A value of the earlier report and of the later one. */
export interface BeforeAndAfter<Value> {
  readonly before: Value;
  readonly after: Value;
}

/** Changes of a finding, in the order in which formats list them. */
export const CHANGES = ["new", "more", "fewer", "gone"] as const;
export type Change = (typeof CHANGES)[number];

/** A finding that does not count as often as before. Its numbers are those of places that no waiver covers. */
export interface FindingChange
  extends Pick<Finding, "rule" | "clauses" | "level" | "message" | "fingerprint">,
    BeforeAndAfter<number> {
  readonly change: Change;
  /** Waived places; left out if neither report has any. */
  readonly waived?: BeforeAndAfter<number>;
  /** A place where the finding counts: in the later report, or in the earlier one if it is gone. */
  readonly place: Pick<Location, "path" | "line" | "record" | "column" | "pointer" | "absent">;
}

/** A clause whose status is another one; undefined in a report that does not list the clause. */
export interface ClauseChange extends BeforeAndAfter<ClauseStatus | undefined> {
  readonly id: string;
  readonly title: string;
  readonly level: Level;
}

/** What differs between two reports. Neither the order nor the places of findings make a difference. */
export interface Comparison {
  readonly verdict: BeforeAndAfter<Verdict>;
  /** By change, level and rule. */
  readonly findings: readonly FindingChange[];
  /** In the order of reports. */
  readonly clauses: readonly ClauseChange[];
  /** True if each run has checked all that it was given. */
  readonly isWhole: BeforeAndAfter<boolean>;
  /** Why a difference may come from the runs and not from the logs; empty if there is no reason. */
  readonly cautions: readonly string[];
}
