import type { MalformedRecord, ParsedRecord } from "../../model/subject.js";
import type { MplpRecordRule } from "../define.js";

/** IN-1: every record is one JSON object in UTF-8. What is merely odd about one is a note. */
export const jsonObjectPerRecord: MplpRecordRule = {
  evidence: "record",
  id: "json-object-per-record",
  clauses: ["IN-1"],
  title: "Each record is one JSON object",
  why: "A line that is no JSON object cannot be read by anyone: whatever it recorded is lost.",
  fix: "Write each event as one JSON object on one line of UTF-8 text, and flush whole lines only.",
  inspect: (record, emit) => {
    if ("malformed" in record) {
      emit({ ...wordedRecord(record), pointer: "", offset: record.offset });
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
  "prototype-key": "a key is named __proto__, which many readers drop or misuse",
  "deep-nesting": "the record nests more than 512 levels deep, which many JSON readers refuse",
};

function wordedRecord(record: MalformedRecord): { message: string; hint?: string; level?: "NOTE" } {
  switch (record.malformed) {
    case "not-utf8":
      return { message: "the record is not valid UTF-8", ...encodingHint(record.text) };
    case "not-json":
      return { message: `the record is not JSON: expected ${record.expected}` };
    case "not-an-object":
      return { message: "the record is JSON, but not an object", ...shapeHint(record.json) };
    case "unseparated":
      return { message: `the records are not separated as they should be: expected ${record.expected}` };
    case "too-long":
      return {
        message: `the record is longer than this run reads and was not checked (${record.expected})`,
        hint: "raise --max-record-bytes to have it checked",
        level: "NOTE",
      };
  }
}

function shapeHint(json: unknown): { hint?: string } {
  if (Array.isArray(json)) return { hint: "write each element on a line of its own, without the brackets" };
  const isQuoted = typeof json === "string" && json.includes("{");
  return isQuoted ? { hint: "the object is quoted: write it as it is, not as a string" } : {};
}

function encodingHint(text: string): { hint?: string } {
  return text.includes("\0") ? { hint: "it looks like UTF-16: write the log in UTF-8" } : {};
}
