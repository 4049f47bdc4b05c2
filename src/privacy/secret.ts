/** A part of a text that gives access to something. */
export interface Secret {
  /** Offsets in UTF-16 code units; from `start` up to `end` is exactly what must not be shown. */
  readonly start: number;
  readonly end: number;
  /** In words for a message: "a GitHub token", "a password in a URL". Never a part of the value. */
  readonly kind: string;
}

/** Finds the secrets of one sort in one text, in time linear in its length; they may overlap others'. */
export type Detector = (text: string) => readonly Secret[];
