import { isUtf8 } from "node:buffer";
import { odditiesOf, replacedIn } from "../../json/json-scan.js";
import { MAX_DEPTH, mayBeJson, tooDeepAt } from "../../model/parsed-json.js";
import { ANY_SIGN } from "../../model/signs.js";
import {
  isJsonObject,
  type LogRecord,
  type MalformedReason,
  type MalformedRecord,
  type ParsedRecord,
  type ReplacedMember,
} from "../../model/subject.js";
import { KEPT_BYTES, type RecordSpan } from "../frame/blocks.js";
import { DigestsOfText, digestsOf } from "../scan/digests.js";
import { FLAG, type Scanned, scanRecord } from "../scan/scan-record.js";
import { salvaged } from "./broken-records.js";

const NO_EXPECTATION = "";

/** True if the text of an unreadable record may contain other records. */
export function isBroken(record: LogRecord): record is MalformedRecord {
  return "malformed" in record && !WHOLE.has(record.malformed);
}

/** Text that is not a JSON object but otherwise complete. */
const WHOLE: ReadonlySet<MalformedReason> = new Set(["not-an-object", "too-deep"]);

export function savedFrom(broken: MalformedRecord, bytes: Buffer, span: RecordSpan): Generator<LogRecord> {
  return salvaged(broken, bytes, span, (part) =>
    readRecord(bytes, part, scanRecord(bytes.subarray(part.start, part.end)), false),
  );
}

export function failed(
  text: string,
  { line, column }: RecordSpan,
  malformed: MalformedReason,
  offset: number,
  expected: string,
): MalformedRecord {
  return { text, line, column, malformed, offset, expected };
}

/** The text at the beginning of a record, up to the last complete character. */
export function beginningOf(bytes: Uint8Array, { start, end }: RecordSpan): string {
  const kept = bytes.subarray(start, Math.min(end, start + KEPT_BYTES));
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(kept, { stream: true });
}

/** A record whose nesting would take far more memory than its bytes. Only its beginning is shown. */
function tooDeep(bytes: Buffer, span: RecordSpan): MalformedRecord {
  const text = beginningOf(bytes, span);
  return failed(text, span, "too-deep", 0, `at most ${MAX_DEPTH} levels`);
}

/**
 * Reads a stretch of bytes as one record.
 *
 * @param decodable true if all bytes are known to be UTF-8
 */
export function readRecord(
  bytes: Buffer,
  span: RecordSpan,
  scanned: Scanned,
  decodable: boolean,
): ParsedRecord | MalformedRecord {
  const { start, end, line, column } = span;
  const { flags, content, delivery } = scanned;
  if ((flags & FLAG.deep) !== 0 && tooDeepAt(bytes.subarray(start, end)) >= 0) return tooDeep(bytes, span);
  const isWide = (flags & FLAG.wide) !== 0;
  // latin1 decodes faster, and known ASCII allows it.
  const text = bytes.toString(isWide ? "utf8" : "latin1", start, end);
  if (isWide && !decodable && !isUtf8(bytes.subarray(start, end)))
    return failed(text, span, "not-utf8", firstReplaced(text, bytes.subarray(start, end)), "UTF-8");
  let value: unknown;
  try {
    if (!mayBeJson(text)) return notJson(bytes, span, text);
    value = JSON.parse(text);
  } catch {
    return notJson(bytes, span, text);
  }
  if (!isJsonObject(value)) return { ...failed(text, span, "not-an-object", 0, NO_EXPECTATION), json: value };
  const isAsWritten = (flags & (FLAG.intricate | FLAG.unusual)) === 0;
  const digests = isAsWritten ? new DigestsOfText(content, delivery) : digestsOf(value, text);
  const record = { text, line, column, value, signs: flags & ANY_SIGN, digests, likeness: 0 };
  if ((flags & FLAG.intricate) === 0) return record;
  const oddities = odditiesOf(text);
  if (oddities.length === 0) return record;
  const hasRepeatedKey = oddities.some(({ kind }) => kind === "duplicate-key");
  return { ...record, oddities, ...(hasRepeatedKey && { replaced: () => replacedMembers(text) }) };
}

function notJson(bytes: Buffer, span: RecordSpan, text: string): MalformedRecord {
  // The search for whole records starts at many offsets. Test the depth first: the scanner may have stopped earlier.
  return tooDeepAt(text) >= 0 ? tooDeep(bytes, span) : failed(text, span, "not-json", 0, NO_EXPECTATION);
}

function replacedMembers(text: string): readonly ReplacedMember[] {
  return replacedIn(text).map(({ start, end, member, pointer }) => ({
    name: member,
    pointer,
    text: text.slice(start, end),
  }));
}

const REPLACEMENT = "\ufffd";
const REPLACEMENT_BYTES = Buffer.from(REPLACEMENT);

/** The first offset where decoding put a replacement character that the bytes do not contain. */
function firstReplaced(text: string, bytes: Buffer): number {
  let [from, byte] = [0, 0];
  for (let at = text.indexOf(REPLACEMENT); at >= 0; at = text.indexOf(REPLACEMENT, from)) {
    byte += Buffer.byteLength(text.slice(from, at));
    const end = byte + REPLACEMENT_BYTES.length;
    if (!bytes.subarray(byte, end).equals(REPLACEMENT_BYTES)) return at;
    [from, byte] = [at + 1, end];
  }
  return 0;
}
