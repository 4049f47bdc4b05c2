/**
 * The shape of findings about events that were cut off or written into each other. A waiver for lines that are no JSON is
 * meant for what a console prints between events: it hides no torn event, unless its pointer says so.
 */
export const TORN_EVENT = "torn-event";

/** Why findings of a kind do not count: someone has decided so, and said why. */
export interface Waiver {
  readonly source: "waiver" | "baseline" | "configuration";
  readonly reason: string;
  readonly owner?: string;
  /** The last day on which the waiver holds: YYYY-MM-DD. */
  readonly expires?: string;
  /** Where the waiver itself is written: file and line. */
  readonly place?: string;
}
