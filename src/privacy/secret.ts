/** A part of a text that gives access to something. */
export interface Secret {
  /** Offsets in UTF-16 code units; exactly the text from `start` up to `end` must be hidden. */
  readonly start: number;
  readonly end: number;
  /** Words for a message: "a GitHub token", "a password in a URL". Never a part of the value. */
  readonly kind: string;
}

/** Finds the secrets of one kind in a text, in linear time; they may overlap those of other detectors. */
export type Detector = (text: string) => readonly Secret[];
