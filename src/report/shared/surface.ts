import type { Selection } from "./selection.js";

/** What the place a report goes to can show, and what of the findings is wanted; only formats for people make use of it. */
export interface Surface extends Selection {
  /** Whether ANSI colours are wanted. */
  readonly color: boolean;
  /** Whether links (OSC 8) are. Default: no. */
  readonly links?: boolean;
  /** Columns of a line; without it 100, and the verdict takes one line. */
  readonly width?: number;
}
