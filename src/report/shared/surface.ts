import type { Selection } from "./selection.js";

/** The abilities of the output and the user's choice of findings. Only formats for people use them. */
export interface Surface extends Selection {
  /** True if the output shows ANSI colours. */
  readonly color: boolean;
  /** True if the output shows links (OSC 8). Default: false. */
  readonly links?: boolean;
  /** Columns of a line. If undefined, lines have 100 columns and the verdict is not wrapped. */
  readonly width?: number;
}
