import type { JsonObject } from "../../model/subject.js";

/** A kind of envelope that other programs put around the records of a log. */
export interface Carrier {
  /** The name in reports: a value of `--unwrap`, or the pointer given there. */
  readonly name: string;
  /** Reads a JSON object as an envelope; undefined if it belongs to another carrier. */
  inObject?(value: JsonObject): Carried | undefined;
  /** Reads a line of text as an envelope; undefined if it belongs to another carrier. */
  inText?(text: string): Carried | undefined;
  /** Finds the parts of a message that was split over several lines. */
  readonly parts?: Parts;
}

/** The content of an envelope. */
export interface Carried {
  readonly contents: readonly Content[];
  /** All other members or text, those of the envelope itself first; searched so that they cannot hide an event. */
  readonly rest: unknown;
  /** True if other text is ordinary here, as in the output of a console. */
  readonly mayBeOther: boolean;
}

/** One content and its location. */
export type Content =
  /** A JSON object within the envelope. */
  | { readonly pointer: string }
  /** A stretch of the envelope's text, in UTF-16 code units. */
  | { readonly start: number; readonly end: number }
  /** A text that the envelope spells in an encoded form. */
  | { readonly text: string | Uint8Array }
  /** A missing content, named by the member that would have held it. */
  | { readonly missing: string };

export interface Parts {
  /** Quickly rejects most lines that are not parts; `partOf` looks at the rest. */
  mayBegin(bytes: Uint8Array, lineStart: number): boolean;
  partOf(line: Buffer): Part | undefined;
}

/** A line that holds a message, or a part of one. */
export interface Part {
  /** Parts of the same stream follow each other. */
  readonly stream: string;
  /** Offsets of the message's bytes within the line. */
  readonly start: number;
  readonly end: number;
  /** True if the message ends with this part. */
  readonly isLast: boolean;
}

/** The other members of an envelope. */
export function without(envelope: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(envelope).filter(([name]) => !names.includes(name)));
}
