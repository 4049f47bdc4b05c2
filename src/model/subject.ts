import type { FoundEvidence } from "./evidence.js";
import type { OwnValue } from "./kinds.js";
import type { Mapping, MappingProblem } from "./mapping.js";

/** A parsed JSON object; the members may have any type. */
export type JsonObject = { readonly [key: string]: unknown };

/** True if a parsed JSON value is an object (not an array, not null). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The four integration event kinds, as named in the Integration Spec (IS 3.1-3.4). */
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
  /** Only if the event claims a payload that is not an integration event: the payload's fault as a whole. */
  readonly fault?: PayloadFault;
}

/** How a payload differs from the integration event that its family claims (IS 4.3). */
export type PayloadFault =
  | "missing"
  | "not-an-object"
  | "empty"
  | "wrapped-again"
  | "other-spelling"
  | "other-words"
  | "other-fields";

/** A field under another name. */
export interface Rename {
  readonly field: string;
  readonly found: string;
}

/** The kind of a record, determined by its shape alone. */
export type Subject =
  | EventSubject
  | { readonly kind: "integration-event"; readonly value: JsonObject; readonly integration: IntegrationFacet }
  | { readonly kind: "profile-event"; readonly profile: "sa" | "map"; readonly value: JsonObject }
  | {
      readonly kind: "learning-sample" | "snapshot";
      readonly value: JsonObject;
      /** An option calls it so, and it is, or contains, an event that is not judged. */
      readonly holdsEvent?: true;
    }
  | MappingSubject
  | {
      readonly kind: "unrecognised";
      readonly value: JsonObject;
      /** True if it is, or contains, an event that is not judged. */
      readonly holdsEvent: boolean;
      /** Undefined if nobody knows what it is. */
      readonly shape?: OtherShape;
    };

/** What a record is that does not belong in a log. */
export interface OtherShape {
  /** The kind of record, as a clause of a sentence. */
  readonly message: string;
  readonly hint: string;
  /** True if the record is an event that was not judged, so that a claim stays open. */
  readonly isEvent: boolean;
}

export interface MappingSubject {
  readonly kind: "mapping";
  readonly value: JsonObject;
  readonly mapping: Mapping;
  readonly problems: readonly MappingProblem[];
}

export interface EventSubject {
  readonly kind: "event";
  readonly value: JsonObject;
  /** The value of event_family if it is a string, known or not. */
  readonly family: string | undefined;
  /** False if the record has no member event_family. */
  readonly hasFamily: boolean;
  readonly integration?: IntegrationFacet;
  /** Only without event_family: the event fields that it has under other names, if any. */
  readonly renames?: readonly Rename[];
  /** Its payload, for which there is no schema, contains another event, which is not judged. */
  readonly holdsEvent?: true;
}

/** The kinds counted in `inputs[].recognised`: each record once, by its outermost shape. */
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
  /** Not a separate record: the following record can be read, but is wrongly separated. */
  | "unseparated"
  /** A part of a JSON array is misplaced or missing. */
  | "misplaced"
  /** Not judged, because its carrier holds too little of it, or is itself nested too deeply. */
  | "not-unwrapped"
  /** Not a record: console output between records in a carrier. */
  | "other-output";

/** Why a text is not JSON, for faults with a name. */
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
  | "colours"
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
  /** The record's text, without its line end. Empty if it could not be decoded or kept. */
  readonly text: string;
  /** Line of the record's first character, counted from 0 at the start of its block. */
  readonly line: number;
  /** 1-based column (UTF-16 code units) of the record's first character. */
  readonly column: number;
  /** For a record taken out of an envelope. */
  readonly carriage?: Carriage;
  /** For a document: its values have places on their own lines. */
  readonly document?: DocumentText;
}

/** The envelope of a record. */
export interface Carriage {
  /** The names of its carriers, outermost first. */
  readonly by: readonly string[];
  /** True if the input spells the text differently: then line and column are those of the envelope. */
  readonly isText: boolean;
}

/** Facts about a document's text besides its data: a mapping in YAML, JSON or Markdown. */
export interface DocumentText {
  /** The part of the text to show for the value at a JSON Pointer. */
  readonly spanOf: (pointer: string) => { readonly start: number; readonly end: number };
  /** Problems of the text itself. */
  readonly problems: readonly TextProblem[];
  /** False if the text could not be read at all. */
  readonly isReadable: boolean;
  /** The results of looking up the files that its attestations cite, by the citing text. */
  readonly evidence?: ReadonlyMap<string, FoundEvidence>;
}

interface TextProblem {
  readonly offset: number;
  readonly message: string;
  readonly hint?: string;
  /** True if the data lacks something that the text says. */
  readonly leavesOut?: true;
}

export interface ParsedRecord extends RecordPlace {
  readonly value: JsonObject;
  /** Bits of SIGN that may be in `text`. */
  readonly signs: number;
  readonly digests: Digests;
  /**
   * Equal whole numbers mean that the judged members are equal, except own values: see Terms. 0 if the likeness is
   * unknown.
   */
  readonly likeness: number;
  /** Only with a likeness: the values in which it may differ from records that are alike. */
  ownValues?(): readonly OwnValue[];
  /** Only with a likeness: the digest `of` its payload. */
  readonly payloadDigest?: number;
  /** Oddities of the text that its parsed value does not show. */
  readonly oddities?: readonly Oddity[];
  /** Only with a repeated key: what its parsed value lacks. */
  replaced?(): readonly ReplacedMember[];
}

/** A member whose value a later member of the same name replaces. */
export interface ReplacedMember {
  readonly name: string;
  /** Leads to the value that counts; "" if it is too long to use. */
  readonly pointer: string;
  /** The JSON text of the value. */
  readonly text: string;
}

export interface MalformedRecord extends RecordPlace {
  readonly malformed: MalformedReason;
  /** Offset in `text` where reading failed (UTF-16 code units), and what was expected there. */
  readonly offset: number;
  readonly expected: string;
  /** For JSON that is not an object: its value. */
  readonly json?: unknown;
  /** For a record that is not JSON: the reason. */
  readonly fault?: JsonFault | undefined;
}

/**
 * Whole numbers below 2^52, the same for records that are equal as JSON values. The order of members, white space and
 * the spelling of numbers and strings do not matter.
 */
export interface Digests {
  /** Digest of the record without its event_id. */
  readonly content: number;
  /** Digest including event_id: equal for a redelivery of the same event. The case of UUIDs does not matter. */
  readonly delivery: number;
  /** Digest of any value made from the record's values, as the payload of an object without other members. */
  of(value: unknown): number;
}

/** A fact about a record's text that JSON.parse hides. */
export interface Oddity {
  readonly kind: "duplicate-key" | "prototype-key" | "byte-order-mark";
  readonly pointer: string;
  /** Offset in the record's text of the value concerned. */
  readonly offset: number;
}
