import type { RecordDraft } from "../../model/rule.js";
import type { JsonFault, MalformedRecord, ParsedRecord } from "../../model/subject.js";
import type { MplpRecordRule } from "../shared/define.js";

/** IN-1: every record is one JSON object in UTF-8. Records that are only odd get a note. */
export const jsonObjectPerRecord: MplpRecordRule = {
  evidence: "record",
  id: "json-object-per-record",
  clauses: ["IN-1"],
  title: "Each record is one JSON object",
  why: "Nobody can read a line that is not a JSON object: its content is lost.",
  fix: "Write each event as one JSON object on one line of UTF-8 text, and flush whole lines only.",
  inspect: (record, emit) => {
    if ("malformed" in record) {
      const worded = wordedRecord(record);
      if (worded !== undefined) emit({ ...worded, pointer: "", offset: record.offset });
      return;
    }
    for (const oddity of record.oddities ?? []) {
      const message = NOTES[oddity.kind];
      if (message === undefined) continue;
      emit({ message, pointer: oddity.pointer, shape: "", offset: oddity.offset, level: "NOTE" });
    }
  },
};

const NOTES: Readonly<Partial<Record<NonNullable<ParsedRecord["oddities"]>[number]["kind"], string>>> = {
  "byte-order-mark": "a byte order mark stands before the record: join files without their marks",
  "prototype-key": "a key is named __proto__, which many readers drop or misuse",
};

type Worded = Pick<RecordDraft, "message" | "hint" | "level" | "shape">;

function wordedRecord(record: MalformedRecord): Worded | undefined {
  switch (record.malformed) {
    case "not-utf8":
      return { message: "the record is not valid UTF-8", ...encodingHint(record.text) };
    case "not-json":
      return wordedFault(record);
    case "not-an-object":
      return { message: "the record is JSON, but not an object", ...shapeHint(record.json) };
    case "unseparated":
    case "misplaced":
      return {
        message: `the records are not separated as they should be: expected ${record.expected}`,
        ...(record.expected.includes("ends the array") && {
          hint: "the file ends inside the array: it was cut off, or is still being written",
        }),
      };
    case "too-long":
      return {
        message: `the record is longer than this run reads and was not checked (${record.expected})`,
        hint: "raise --max-record-bytes to have it checked",
        level: "NOTE",
      };
    case "not-unwrapped":
      return {
        message: `what the record carries was not judged: expected ${record.expected}`,
        hint: "take the events out of their carrier before you check the log",
        level: "NOTE",
      };
    case "other-output":
      return undefined;
    case "too-deep":
      return {
        message: `the record nests deeper than this run reads and was not checked (${record.expected})`,
        hint: "find the code that nests values without end; many JSON readers stop at this depth",
        level: "NOTE",
      };
  }
}

function shapeHint(json: unknown): { hint?: string } {
  if (Array.isArray(json)) return { hint: "write each element on a line of its own, without the brackets" };
  const isQuoted = typeof json === "string" && json.includes("{");
  return isQuoted ? { hint: "the object is quoted: write it as it is, not as a string" } : {};
}

/** Words broken events apart from console output between events. */
function wordedFault({ text, fault, expected }: MalformedRecord): Worded {
  const isEvent = EVENT_MEMBER.test(text);
  const [words, hint] = fault === undefined ? unnamedFault(text, expected) : FAULTS[fault];
  return {
    message: `${isEvent ? "a record that looks like an event" : "the record"} is not JSON: ${words}`,
    ...(isEvent && { shape: "torn-event" }),
    ...(hint !== undefined && { hint }),
  };
}

function unnamedFault(text: string, expected: string): readonly [words: string, hint: string] {
  const isJson = /^\s*[[{]/.test(text);
  return [`expected ${expected}`, isJson ? LIBRARY : OTHER_TEXT];
}

const EVENT_MEMBER = /["']event_(?:id|type|family)\b/;

const LIBRARY = "build JSON with jq or a library, not by pasting text together";

const OTHER_TEXT =
  "write one JSON object on each line and nothing else: other text belongs on standard error or in another file";

const FAULTS: Readonly<Record<JsonFault, readonly [words: string, hint?: string]>> = {
  quote: ["a quote inside a string is not escaped", `write \\" for a quote inside a string; ${LIBRARY}`],
  backslash: [
    "a backslash inside a string is not escaped",
    `write \\\\ for a backslash inside a string; ${LIBRARY}`,
  ],
  tab: ["a tab stands inside a string", `write \\t for a tab inside a string; ${LIBRARY}`],
  "line-break": [
    "a line break stands inside a string",
    `write \\n for a line break inside a string; ${LIBRARY}`,
  ],
  "control-character": [
    "a control character stands inside a string",
    `write \\u and four digits for a control character; ${LIBRARY}`,
  ],
  "trailing-comma": ["a comma has nothing after it", `drop the comma; ${LIBRARY}`],
  "missing-comma": ["a comma is missing", LIBRARY],
  "missing-colon": ["a colon is missing after a member's name", LIBRARY],
  "missing-value": ["a member has no value", `write null where there is no value; ${LIBRARY}`],
  "single-quotes": ["a string is not in double quotes", `JSON knows double quotes only; ${LIBRARY}`],
  "not-a-number": [
    "JSON has no NaN and no Infinity",
    "write null instead of the number, or leave the member out",
  ],
  "unknown-word": [
    "a value is a word that JSON does not have",
    `JSON has the words true, false and null only, and strings in quotes; ${LIBRARY}`,
  ],
  number: ["a number is not written as JSON writes it", LIBRARY],
  comment: ["JSON has no comments", "drop the comment, or put its text into a member"],
  "unquoted-name": ["a member's name is not in quotes", LIBRARY],
  colours: [
    "colour codes of a terminal stand in it",
    "write the log without colours: NO_COLOR=1 or an option like jq -M switches them off",
  ],
  "cut-off": [
    "it is cut off",
    "the writer was stopped, is still writing, or put a line break into a string: flush whole lines only",
  ],
  "closed-twice": ["a bracket is closed that is not open", LIBRARY],
  glued: [
    "another record stands on its line",
    "end every record with a line end; let one process write at a time",
  ],
  "event-stream": [
    "it is carried by server-sent events",
    "write only the text after data:, each event on a line of its own; to repair an existing log: sed -n 's/^data: *//p' FILE | mplp-check -",
  ],
  "text-before": [
    "text stands before the object",
    "let the logger write the object alone, without a time, a level or a prompt before it; to repair an existing log: sed 's/^[^{]*//' FILE | mplp-check -",
  ],
  "text-after": ["text stands after the object", "end the line where the object ends"],
  "comma-between": ["a comma stands outside of it", "NDJSON has no commas between records: drop the comma"],
  "separator-mark": [
    "a record separator (U+001E) stands before it",
    "write NDJSON, not a JSON text sequence (RFC 7464): jq without --seq does",
  ],
  "nul-bytes": [
    "NUL bytes stand in it or around it",
    "the file was truncated while its writer had it open, or lost its end in a crash: open logs in append mode",
  ],
};

function encodingHint(text: string): { hint: string } {
  return text.includes("\0")
    ? { hint: "it looks like UTF-16: write the log in UTF-8" }
    : {
        hint: "write the log in UTF-8: other encodings, such as Latin-1, and incomplete characters are not valid",
      };
}
