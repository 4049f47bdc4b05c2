import type { JsonObject } from "../../model/subject.js";

/** A kind of envelope that other programs put around the records of a log. */
export interface Carrier {
  /** As reports call it: the name of `--unwrap`, or the pointer that was given there. */
  readonly name: string;
  /** Reads a JSON object as an envelope; undefined if it is none of this carrier. */
  inObject?(value: JsonObject): Carried | undefined;
  /** Reads a line that is no JSON as an envelope; undefined if it is none of this carrier. */
  inText?(text: string): Carried | undefined;
  /** How the parts of a message that was split over several lines are found. */
  readonly parts?: Parts;
}

/** What an envelope holds. */
export interface Carried {
  readonly contents: readonly Content[];
  /** All other members, or other text, which must not hide an event. */
  readonly rest: unknown;
  /** True if text that is no JSON is ordinary here, as in the output of a console. */
  readonly mayBeOther: boolean;
}

/** One content, by where it is. */
export type Content =
  /** A JSON object that stands in the envelope. */
  | { readonly pointer: string }
  /** A stretch of the envelope's text, in UTF-16 code units. */
  | { readonly start: number; readonly end: number }
  /** A text that the envelope spells in another way than it is. */
  | { readonly text: string | Uint8Array }
  /** A content that is not there: what would have kept it. */
  | { readonly missing: string };

export interface Parts {
  /** Quickly tells lines that can be no part from those that `partOf` must look at. */
  mayBegin(bytes: Uint8Array, lineStart: number): boolean;
  partOf(line: Buffer): Part | undefined;
}

/** A line that holds a message, or a part of one. */
export interface Part {
  /** Parts of the same stream follow each other. */
  readonly stream: string;
  /** Where the message's bytes stand in the line. */
  readonly start: number;
  readonly end: number;
  /** True if the message ends with this part. */
  readonly isLast: boolean;
}

/** An envelope's other members. */
export function without(envelope: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(envelope).filter(([name]) => !names.includes(name)));
}
