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
