import {
  type Carriage,
  isJsonObject,
  type LogRecord,
  type MalformedRecord,
  type ParsedRecord,
} from "../../model/subject.js";
import { NEWLINE, RETURN } from "../frame/element-scan.js";

/** Beginnings of broken records, and names that only events contain. */
export const TORN = [/^[\s\ufeff\0]*\{/, /["']event_(?:id|type|family)\b/];

/** True for the end of an object whose beginning is missing. */
export function closesMore(text: string): boolean {
  return /\}\s*$/.test(text) && /":/.test(text) && text.split("}").length > text.split("{").length;
}

/** A text in UTF-8, or the bytes themselves. */
export function bytesOf(text: string | Uint8Array): Buffer {
  return typeof text === "string"
    ? Buffer.from(text)
    : Buffer.from(text.buffer, text.byteOffset, text.length);
}

/** The bytes before a line end at their end. */
export function withoutLineEnd(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (bytes[end - 1] === NEWLINE || bytes[end - 1] === RETURN) end--;
  return bytes.subarray(0, end);
}

/** The rest of an envelope as a record: an event in it is judged by its shape, or reported as not judged. */
export function withRest(
  { text, line, column, signs, digests, carriage }: ParsedRecord,
  rest: unknown,
): ParsedRecord {
  const value = isJsonObject(rest) ? rest : { rest };
  return { text, line, column, value, signs, digests, likeness: 0, ...(carriage && { carriage }) };
}

/** A record whose content could not be read. */
export function unread(
  { text, line, column }: LogRecord,
  carriage: Carriage | undefined,
  malformed: MalformedRecord["malformed"],
  expected = "",
): MalformedRecord {
  return { text, line, column, ...(carriage && { carriage }), malformed, offset: 0, expected };
}
