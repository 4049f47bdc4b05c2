import type { Report } from "./report.js";

declare const shown: unique symbol;

/**
 * A value that may be shown: a sender's texts in it contain no secrets, and no more than the run's discretion
 * allows. Only src/privacy/discreet.ts makes it from a run's report, occurrences and rejected events. A report read
 * back from a file was shown before. The mark exists for the compiler only: every output requires it.
 */
export type Shown<Value> = Value & { readonly [shown]: true };

/** A report that may be shown: the result of a check, and the input of every format. */
export type ShownReport = Shown<Report>;
