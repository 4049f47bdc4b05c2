import { type FailOn, type Report, withoutSecrets } from "../index.js";
import type { OptionValues } from "./options/table.js";

/**
 * A report with the title and the date that the user gives it. Both are part of the JSON report, so whoever renders or
 * compares it later need not say them again.
 */
export function labelled(report: Report, { title, date }: Pick<OptionValues, "title" | "date">): Report {
  return {
    ...report,
    ...(title !== undefined && { title: withoutSecrets(title) }),
    ...(date !== undefined && { date }),
  };
}

/** A report whose run fails from a level on: what it says of its exit code must be true of this one. */
export function failing({ failOn: _earlier, ...report }: Report, failOn: FailOn): Report {
  return failOn === "must" ? report : { ...report, failOn };
}
