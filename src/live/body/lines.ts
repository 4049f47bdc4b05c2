import { parsedJson } from "../../model/parsed-json.js";
import { Refusal } from "../http/refusal.js";

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
/** Records of a body: each takes memory and time, however short it is. */
export const MOST_RECORDS = 1 << 17;
/** The byte order mark of UTF-8. */
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * The records of a request's body, each on a line of its own, without line ends. Texts stay as they are, except for
 * white space outside of strings: parsing and writing again would hide repeated keys and spellings. A broken record
 * stays broken.
 *
 * @param isLines true if the sender declared the body as NDJSON
 * @returns undefined if the body begins neither an object nor an array of others
 * @throws Refusal if there are more than MOST_RECORDS
 */
export function linesOf(body: Buffer, isLines: boolean): readonly Buffer[] | undefined {
  const text = trimmed(withoutMark(body));
  if (text[0] !== OPEN_BRACE && text[0] !== OPEN_BRACKET) return undefined;
  // Nothing but brackets is no record, and would change how the lines after it are read.
  if (text.every((byte) => isBlank(byte) || byte === OPEN_BRACE || byte === OPEN_BRACKET)) return undefined;
  const lines = cut(text, isLines);
  // So would a log that begins with an array.
  const isArray = (line: Buffer, index: number): boolean =>
    line[0] === OPEN_BRACKET && (index === 0 || line.length > 1);
  return lines.some(isArray) ? undefined : lines;
}

function cut(text: Buffer, isLines: boolean): readonly Buffer[] {
  if (!text.includes(LINE_FEED)) return lineOf(text);
  if (!isLines) return wholeValue(text) ?? wholeLines(text) ?? valuesIn(text) ?? brokenValue(text);
  return wholeLines(text) ?? wholeValue(text) ?? valuesIn(text) ?? linesBehindValue(text) ?? anyLines(text);
}

function anyLines(text: Buffer): readonly Buffer[] {
  return separateLines(text) ?? brokenValue(text);
}

/** A first value over several lines, and the lines after it. */
function linesBehindValue(text: Buffer): readonly Buffer[] | undefined {
  const end = endOfValue(text);
  if (end === undefined) return undefined;
  return [...(wholeValue(text.subarray(0, end)) ?? []), ...anyLines(trimmed(text.subarray(end)))];
}

/** Where the object or array ends that a text begins with; undefined if it does not begin with a whole one. */
export function endOfValue(text: Buffer): number | undefined {
  for (const { at, depth } of brackets(text)) {
    if (depth === 0) return isWhole(text.subarray(0, at + 1)) ? at + 1 : undefined;
  }
  return undefined;
}

/** A line of NDJSON; an array on it counts as its elements. */
function lineOf(line: Buffer): readonly Buffer[] {
  return line[0] === OPEN_BRACKET ? (wholeValue(line) ?? brokenValue(line)) : [line];
}

/** The lines of a text. Where a record stands on several of them, they are none by themselves. */
function separateLines(text: Buffer): readonly Buffer[] | undefined {
  const lines = [...notTooMany(splitLines(text))];
  return lines.some(isLoneBracket) ? undefined : [...notTooMany(elementsOn(lines))];
}

function* elementsOn(lines: readonly Buffer[]): Generator<Buffer> {
  for (const line of lines) yield* lineOf(line);
}

/** The lines of a text, if the first one is whole. If not, its record may go on: readers of the capture join them. */
function wholeLines(text: Buffer): readonly Buffer[] | undefined {
  const [first] = splitLines(text);
  return first !== undefined && isWhole(first) ? separateLines(text) : undefined;
}

function wholeValue(text: Buffer): readonly Buffer[] | undefined {
  // Counting takes less than parsing.
  const values = text[0] === OPEN_BRACKET ? [...notTooMany(elementsOf(text))] : [text];
  return isWhole(text) ? values.map(compact) : undefined;
}

function* notTooMany(records: Iterable<Buffer>): Generator<Buffer> {
  let count = 0;
  for (const record of records) {
    refuseMany(++count);
    yield record;
  }
}

function refuseMany(records: number): void {
  if (records > MOST_RECORDS)
    throw new Refusal(413, `the body has more than ${MOST_RECORDS} records: send them in several requests`);
}

/** Objects one after another, whatever stands between them, if each of them is whole. */
function valuesIn(text: Buffer): readonly Buffer[] | undefined {
  const values: Buffer[] = [];
  let [start, end] = [0, 0];
  for (const { at, depth, byte } of brackets(text)) {
    if (depth === 1 && (byte === OPEN_BRACE || byte === OPEN_BRACKET)) start = at;
    if (depth !== 0) continue;
    const value = text.subarray(start, at + 1);
    if (!text.subarray(end, start).every(isBlank) || !isWhole(value)) return undefined;
    for (const each of wholeValue(value) ?? []) values.push(each);
    refuseMany(values.length);
    [start, end] = [at + 1, at + 1];
  }
  return end === text.length ? values : undefined;
}

/** Of a broken array, its whole first elements, and all the rest as one broken record. */
function brokenValue(text: Buffer): readonly Buffer[] {
  if (text[0] !== OPEN_BRACKET) return [onOneLine(text)];
  const whole: Buffer[] = [];
  let from = 1;
  for (const element of notTooMany(elementsOf(text))) {
    if (!isWhole(element)) break;
    whole.push(compact(element));
    from = element.byteOffset - text.byteOffset + element.length;
  }
  const rest = trimmed(text.subarray(from));
  // The bracket stands for an array without an end; a first line must not begin with it.
  const broken = rest.length === 0 ? text.subarray(0, 1) : whole.length === 0 ? rest : withoutComma(rest);
  return [...whole, onOneLine(broken)];
}

function withoutComma(text: Buffer): Buffer {
  const rest = text[0] === COMMA ? trimmed(text.subarray(1)) : text;
  return rest.length === 0 ? text : rest;
}

/** The texts of an array's elements; of a broken array, what stands between its commas. */
function* elementsOf(text: Buffer): Generator<Buffer> {
  let start = 1;
  for (const { at, depth, byte } of marks(text)) {
    const isEnd = depth === 0;
    if (!isEnd && !(depth === 1 && byte === COMMA)) continue;
    const element = trimmed(text.subarray(start, at));
    if (element.length > 0) yield element;
    if (isEnd) return;
    start = at + 1;
  }
  const last = trimmed(text.subarray(start));
  if (last.length > 0) yield last;
}

interface Mark {
  readonly at: number;
  readonly byte: number;
  /** The number of containers that are open after the mark. */
  readonly depth: number;
}

/** Brackets and commas outside of strings. */
function* marks(text: Buffer): Generator<Mark> {
  let [depth, isInString] = [0, false];
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] ?? 0;
    if (byte === QUOTE) isInString = !isInString;
    else if (isInString) at += byte === BACKSLASH ? 1 : 0;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) yield { at, byte, depth: ++depth };
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth = Math.max(0, depth - 1);
      yield { at, byte, depth };
    } else if (byte === COMMA) yield { at, byte, depth };
  }
}

function* brackets(text: Buffer): Generator<Mark> {
  for (const mark of marks(text)) if (mark.byte !== COMMA) yield mark;
}

/** A valid JSON text without white space outside of strings. */
function compact(text: Buffer): Buffer {
  const result = Buffer.allocUnsafe(text.length);
  let [length, isInString] = [0, false];
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] ?? 0;
    if (!isInString && isBlank(byte)) continue;
    result[length++] = byte;
    if (byte === QUOTE) isInString = !isInString;
    else if (isInString && byte === BACKSLASH) result[length++] = text[++at] ?? 0;
  }
  return result.subarray(0, length);
}

/**
 * A broken text with returns in place of line feeds: both are white space outside of strings and forbidden in them, so
 * the text is as broken as before.
 */
function onOneLine(text: Buffer): Buffer {
  return Buffer.from(text.map((byte) => (byte === LINE_FEED ? RETURN : byte)));
}

function* splitLines(text: Buffer): Generator<Buffer> {
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf(LINE_FEED, from);
    const line = trimmed(text.subarray(from, end < 0 ? text.length : end));
    if (line.length > 0) yield line;
    from = end < 0 ? text.length : end + 1;
  }
}

function isWhole(text: Buffer): boolean {
  return parsedJson(text.toString("utf8")) !== undefined;
}

function isLoneBracket({ length, 0: first }: Buffer): boolean {
  return length === 1 && (first === OPEN_BRACE || first === OPEN_BRACKET);
}

function withoutMark(body: Buffer): Buffer {
  return body.subarray(0, MARK.length).equals(MARK) ? body.subarray(MARK.length) : body;
}

function trimmed(text: Buffer): Buffer {
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text[start] ?? 0)) start++;
  while (end > start && isBlank(text[end - 1] ?? 0)) end--;
  return text.subarray(start, end);
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === LINE_FEED || byte === RETURN;
}
