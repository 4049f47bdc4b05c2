import type { FoundEvidence } from "./evidence.js";
import type { Mapping, MappingProblem } from "./mapping.js";

/** A JSON object as it was parsed; member values are not trusted to have any type. */
export type JsonObject = { readonly [key: string]: unknown };

/** Tells whether a parsed JSON value is an object (not an array, not null). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The four integration event kinds, by the names the Integration Spec gives them (IS 3.1-3.4). */
export type IntegrationKind = "tool_event" | "file_update_event" | "git_event" | "ci_event";

/** How an integration event reached the log (IS 4.3, 5.1). */
type Wrapping = "external_integration" | "misspelled-family" | "other-family" | "bare";

/** An integration event found in a record: the record itself (bare) or its payload. */
export interface IntegrationFacet {
  readonly kind: IntegrationKind;
  readonly value: JsonObject;
  /** JSON Pointer of `value` in the record: "" or "/payload". */
  readonly base: "" | "/payload";
  readonly wrapping: Wrapping;
  /** Only where the event says that it is one and its payload is none: what is wrong with the payload as a whole. */
  readonly fault?: PayloadFault;
}

/** How a payload is not the integration event that it is said to be (IS 4.3). */
export type PayloadFault =
  | "missing"
  | "not-an-object"
  | "empty"
  | "wrapped-again"
  | "other-spelling"
  | "other-words"
  | "other-fields";

/** A field that is there under another name. */
export interface Rename {
  readonly field: string;
  readonly found: string;
}

/** What one record turned out to be, by its shape alone. */
export type Subject =
  | EventSubject
  | { readonly kind: "integration-event"; readonly value: JsonObject; readonly integration: IntegrationFacet }
  | { readonly kind: "profile-event"; readonly profile: "sa" | "map"; readonly value: JsonObject }
  | { readonly kind: "learning-sample" | "snapshot"; readonly value: JsonObject }
  | MappingSubject
  | {
      readonly kind: "unrecognised";
      readonly value: JsonObject;
      /** Whether it is, or holds, an event that is not judged. */
      readonly holdsEvent: boolean;
    };

export interface MappingSubject {
  readonly kind: "mapping";
  readonly value: JsonObject;
  readonly mapping: Mapping;
  readonly problems: readonly MappingProblem[];
}

export interface EventSubject {
  readonly kind: "event";
  readonly value: JsonObject;
  /** The value of event_family where it is a string, known or not. */
  readonly family: string | undefined;
  /** False where the record has no member event_family at all. */
  readonly hasFamily: boolean;
  readonly integration?: IntegrationFacet;
  /** Only where it has no event_family: the fields of events that it has under other names, if any. */
  readonly renames?: readonly Rename[];
  /** Its payload, which no schema speaks of, holds another event, which is not judged. */
  readonly holdsEvent?: true;
}

/** How `inputs[].recognised` counts records: once each, by the outermost shape. */
export type RecordKind = Subject["kind"] | "malformed";

export const RECORD_KINDS = [
  "event",
  "integration-event",
  "profile-event",
  "learning-sample",
  "snapshot",
  "mapping",
  "unrecognised",
  "malformed",
] as const satisfies readonly RecordKind[];

/** Why a record could not be read as a JSON object. */
export type MalformedReason =
  | "not-utf8"
  | "not-json"
  | "not-an-object"
  | "too-long"
  | "too-deep"
  /** The record that follows can be read, but does not stand as it should: no record of its own. */
  | "unseparated"
  /** Something of a JSON array is not where it should be, or missing. */
  | "misplaced"
  /** Not judged, since what carries it holds too little of it, or is itself carried too deep. */
  | "not-unwrapped"
  /** What a console shows between records, in a carrier of its output: no record at all. */
  | "other-output";

/** What makes a text no JSON, where it has a name. */
export type JsonFault =
  | "quote"
  | "backslash"
  | "tab"
  | "line-break"
  | "control-character"
  | "trailing-comma"
  | "missing-comma"
  | "missing-colon"
  | "missing-value"
  | "single-quotes"
  | "not-a-number"
  | "unknown-word"
  | "number"
  | "comment"
  | "unquoted-name"
  | "cut-off"
  | "closed-twice"
  | "glued"
  | "event-stream"
  | "text-before"
  | "text-after"
  | "comma-between"
  | "separator-mark"
  | "nul-bytes";

/** One record of an input: a line of NDJSON, or an element of a JSON document. */
export type LogRecord = ParsedRecord | MalformedRecord;

interface RecordPlace {
  /** The record's text, without its line end. Empty where it could not be decoded or kept. */
  readonly text: string;
  /** Line of the record's first character, counted from 0 at the start of its block. */
  readonly line: number;
  /** 1-based column (UTF-16 code units) of the record's first character. */
  readonly column: number;
  /** Of a record that was taken out of an envelope. */
  readonly carriage?: Carriage;
  /** Of a document, whose values are placed on their own lines. */
  readonly document?: DocumentText;
}

/** What was around a record. */
export interface Carriage {
  /** The names of its carriers, the outermost first. */
  readonly by: readonly string[];
  /** True if its text stands nowhere in the input as it is: then line and column are those of the envelope. */
  readonly isText: boolean;
}

/** What is known of a document's text besides its data: a mapping in YAML, JSON or Markdown. */
export interface DocumentText {
  /** The part of the text to show for the value that a JSON Pointer names. */
  readonly spanOf: (pointer: string) => { readonly start: number; readonly end: number };
  /** What is wrong with the text itself. */
  readonly problems: readonly { readonly offset: number; readonly message: string; readonly hint?: string }[];
  /** False where nothing could be read of it. */
  readonly isReadable: boolean;
  /** What was found of the files that its attestations point at, by the text that names them. */
  readonly evidence?: ReadonlyMap<string, FoundEvidence>;
}

export interface ParsedRecord extends RecordPlace {
  readonly value: JsonObject;
  /** Bits of SIGN: what may be in `text`. */
  readonly signs: number;
  readonly digests: Digests;
  /**
   * The same whole number for records whose judged members are of the same values, but for UUIDs of version 4 and
   * times, which are only certain to be right; 0 where nothing of the kind is known.
   */
  readonly likeness: number;
  /** Where the likeness is not 0: puts the judged members into an object that are UUIDs of version 4 or times. */
  putOwnValues?(into: Record<string, unknown>): void;
  /** Oddities of the text that a parsed value no longer shows. */
  readonly oddities?: readonly Oddity[];
}

export interface MalformedRecord extends RecordPlace {
  readonly malformed: MalformedReason;
  /** Offset in `text` where reading failed (UTF-16 code units), and what was expected there. */
  readonly offset: number;
  readonly expected: string;
  /** Of what is JSON, but no object: its value. */
  readonly json?: unknown;
  /** Of a record that is not JSON: what makes it so. */
  readonly fault?: JsonFault | undefined;
}

/**
 * Whole numbers below 2^52 that are the same for records that are equal as JSON values: the order of members,
 * white space and the spelling of numbers and strings do not matter.
 */
export interface Digests {
  /** Of all that a record says besides its event_id. */
  readonly content: number;
  /** With its event_id: that of another event is the same where one is a redelivery of the other. UUIDs are the same whatever their case. */
  readonly delivery: number;
  /** Of anything that was made of the record's values. */
  of(value: unknown): number;
}

/** Something about a record's text that JSON.parse hides. */
export interface Oddity {
  readonly kind: "duplicate-key" | "prototype-key" | "byte-order-mark";
  readonly pointer: string;
  /** Offset in the record's text of the value concerned. */
  readonly offset: number;
}
