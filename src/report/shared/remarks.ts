import type { Report } from "../../model/report.js";
import { conditionsOf } from "./conditions.js";
import { NOT_ALL_READ, placeText } from "./wording.js";

/** What qualifies a verdict, one line each. */
export interface Remarks {
  /** Input that was not checked, and wrong decisions. */
  readonly errors: readonly string[];
  /** Why the verdict stays open. */
  readonly open: readonly string[];
  /** Unusual settings of the run, and files that it did not read. */
  readonly conditions: readonly string[];
}

export function remarksOn(report: Report): Remarks {
  const { errors, interrupted, reservations } = report;
  return {
    errors: errors.map((error) => `${error.about ?? "not checked"}: ${placeText(error)}: ${error.message}`),
    open: [...(interrupted === true ? [`interrupted: ${NOT_ALL_READ}`] : []), ...reservations],
    conditions: conditionsOf(report).map(({ label, text }) => `${label}: ${text}`),
  };
}
