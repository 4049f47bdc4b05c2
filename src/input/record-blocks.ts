import { type Block, joined, lineBlocks } from "./blocks.js";
import { ElementReader } from "./element-reader.js";
import { CLOSE_BRACKET, ElementScan, isBlank, NEWLINE, OPEN_BRACE, OPEN_BRACKET } from "./element-scan.js";

/** The three ways in which a file holds its records. */
export type Framing = "lines" | "array" | "sequence";

/**
 * Cuts an input into blocks of records, however it is written: NDJSON, one JSON array, or objects
 * that each span several lines. What it is shows in its beginning; at most `limit` bytes are held.
 */
export async function* recordBlocks(chunks: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Block> {
  const iterator = chunks[Symbol.asyncIterator]();
  const { head, framing } = await readHead(iterator, limit);
  const all = continued(head, iterator);
  if (framing === "lines") yield* lineBlocks(all, limit);
  else yield* new ElementReader(framing, limit).blocks(all);
}

/** Yields the bytes read ahead, then the rest. */
async function* continued(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function readHead(
  iterator: AsyncIterator<Uint8Array>,
  limit: number,
): Promise<{ head: Uint8Array; framing: Framing }> {
  let read: Uint8Array = new Uint8Array(0);
  for (;;) {
    const next = await iterator.next();
    const isWhole = next.done === true;
    if (next.done !== true) read = read.length === 0 ? next.value : joined([read, next.value]);
    if (!isWhole && read.length < MARK_LENGTH) continue;
    const head = withoutMark(read);
    const framing = framingOf(head, limit, isWhole) ?? (isWhole ? "lines" : undefined);
    if (framing !== undefined) return { head, framing };
  }
}

const MARK_LENGTH = 3;

/** Drops a UTF-8 byte order mark. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** What the beginning of an input says about its framing; undefined where more of it is needed. */
function framingOf(head: Uint8Array, limit: number, isWhole: boolean): Framing | undefined {
  const first = nextSolid(head, 0);
  if (first > limit) return "lines";
  if (first === head.length) return undefined;
  if (head[first] === OPEN_BRACKET) return arrayFraming(head, first, limit);
  return head[first] === OPEN_BRACE ? objectFraming(head, first, limit, isWhole) : "lines";
}

/** A bracket begins an array of records, but also many a line of a log: [INFO] ... */
function arrayFraming(head: Uint8Array, first: number, limit: number): Framing | undefined {
  const second = nextSolid(head, first + 1);
  if (second - first > limit) return "lines";
  if (second === head.length) return undefined;
  const isAlone = head.subarray(first, second).includes(NEWLINE);
  return isAlone || head[second] === OPEN_BRACE || head[second] === CLOSE_BRACKET ? "array" : "lines";
}

/** An object that closes on its own line is NDJSON; one that closes later, and is JSON, is not. */
function objectFraming(
  head: Uint8Array,
  first: number,
  limit: number,
  isWhole: boolean,
): Framing | undefined {
  const scan = new ElementScan();
  const end = Math.min(head.length, first + limit);
  for (let at = first; at < end; at++) {
    const state = scan.next(head[at] ?? 0);
    if (state === "broken") return "lines";
    if (state !== "closed") continue;
    const text = head.subarray(first, at + 1);
    return text.includes(NEWLINE) && isJson(text) ? "sequence" : "lines";
  }
  return isWhole || end < head.length ? "lines" : undefined;
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(bytes).toString());
    return true;
  } catch {
    return false;
  }
}

function nextSolid(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && isBlank(bytes[at])) at++;
  return at;
}
