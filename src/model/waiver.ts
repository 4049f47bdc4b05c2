/**
 * The shape of findings about events that were truncated or written into each other. A waiver for lines that are not
 * JSON is meant for console output between events. It does not cover a torn event unless its pointer says so.
 */
export const TORN_EVENT = "torn-event";

/** Why findings of a kind are waived: somebody decided so and gave a reason. */
export interface Waiver {
  readonly source: "waiver" | "baseline" | "configuration";
  readonly reason: string;
  readonly owner?: string;
  /** The last valid day of the waiver: YYYY-MM-DD. */
  readonly expires?: string;
  /** The place of the waiver itself: file and line. */
  readonly place?: string;
}
