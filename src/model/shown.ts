import type { Report } from "./report.js";

declare const shown: unique symbol;

/**
 * A value that may be shown: its texts of senders hold no secret, and no more than the run's discretion allows. Only
 * src/privacy/discreet.ts makes one of a run's report, occurrences and rejected events; a report that is read back
 * from a file was one. The mark exists for the compiler only: what writes an output asks for it.
 */
export type Shown<Value> = Value & { readonly [shown]: true };

/** A report that may be shown: what a check gives, and what formats take. */
export type ShownReport = Shown<Report>;
