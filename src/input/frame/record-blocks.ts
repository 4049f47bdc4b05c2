import type { Parts } from "../carriers/carrier.js";
import { joined } from "../open/joined.js";
import { type Block, KEPT_BYTES, lineBlocks } from "./blocks.js";
import { ElementReader } from "./element-reader.js";
import {
  CLOSE_BRACKET,
  ElementScan,
  isBlank,
  isJson,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
} from "./element-scan.js";
import { withJoinedParts } from "./joined-parts.js";
import { BYTE_ORDER_MARK, pastMarks } from "./line-starts.js";
import { withSeveralLines } from "./several-lines.js";

/** How a file holds its records; UTF-16 cannot be read. */
type Framing = "lines" | "array" | "sequence" | "utf-16";

/**
 * Cuts an input into blocks of records: NDJSON, one JSON array, or objects that each span several lines.
 * The beginning of the input decides which. Holds at most `limit` bytes, or a few times as many if messages are
 * joined.
 *
 * @param parts find the parts of messages; default: messages are not joined
 */
export async function* recordBlocks(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
  parts: readonly Parts[] = [],
): AsyncGenerator<Block> {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    const { head, framing, marks } = await readHead(iterator, limit);
    const all = continued(head, iterator);
    if (framing === "utf-16") yield await utf16Block(all);
    else if (framing === "lines")
      yield* withSeveralLines(withJoinedParts(lineBlocks(all, limit, marks, parts), parts, limit), limit);
    else yield* new ElementReader(framing, limit).blocks(all);
  } finally {
    await iterator.return?.();
  }
}

/** Yields the bytes read ahead, then the rest. */
async function* continued(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

interface Head {
  /** The bytes read so far, without leading byte order marks. */
  readonly head: Uint8Array;
  readonly framing: Framing;
  /** Length of those marks in bytes. */
  readonly marks: number;
}

async function readHead(iterator: AsyncIterator<Uint8Array>, limit: number): Promise<Head> {
  const sniffer = new Sniffer(limit);
  const parts: Uint8Array[] = [];
  let [length, framing]: [number, Framing | undefined] = [0, undefined];
  for (;;) {
    const next = await iterator.next();
    const isEnd = next.done === true;
    if (!isEnd) parts.push(next.value);
    if (!isEnd) length += next.value.length;
    framing ??= isEnd ? "lines" : sniffer.read(next.value, () => joined(parts));
    if (framing === undefined || (length < ENCODING_BYTES && !isEnd)) continue;
    const head = joined(parts);
    if (isUtf16(head)) return { head, framing: "utf-16", marks: 0 };
    const marks = pastMarks(head, 0);
    return { head: head.subarray(marks), framing, marks };
  }
}

/** Number of bytes that show whether an input is in UTF-16. */
const ENCODING_BYTES = 4;

/** A UTF-16 byte order mark shows it, or a zero in every other byte of a log's usual beginning. */
function isUtf16(head: Uint8Array): boolean {
  const [first, second, third, fourth] = head;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  if (fourth === undefined) return false;
  const isBigEndian = first === 0 && third === 0 && second !== 0 && fourth !== 0;
  return isBigEndian || (first !== 0 && second === 0 && third !== 0 && fourth === 0);
}

/** A single record for an input in UTF-16, which cannot be read. */
async function utf16Block(chunks: AsyncIterable<Uint8Array>): Promise<Block> {
  let [kept, lines]: [Uint8Array, number] = [new Uint8Array(0), 0];
  for await (const chunk of chunks) {
    if (kept.length < KEPT_BYTES) kept = joined([kept, chunk]).subarray(0, KEPT_BYTES);
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines++;
  }
  const problem = { malformed: "not-utf8", expected: "UTF-8" } as const;
  return { bytes: kept, lines, records: [{ start: 0, end: kept.length, line: 0, column: 1, problem }] };
}

/** Detects the framing of an input from its beginning, looking at every byte once. */
class Sniffer {
  readonly #limit: number;
  readonly #scan = new ElementScan();
  #state: "before" | "array" | "object" = "before";
  #at = 0;
  #start = 0;
  #hasLineEnd = false;
  /** True if the current line is only "{" so far. */
  #isLone = false;
  #beginsLine = true;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Undefined if it needs more; `head` returns everything read so far. */
  read(chunk: Uint8Array, head: () => Uint8Array): Framing | undefined {
    for (const byte of chunk) {
      const framing = this.#next(byte, head);
      if (framing !== undefined) return framing;
      this.#at++;
    }
    return this.#at - this.#start > this.#limit ? "lines" : undefined;
  }

  #next(byte: number, head: () => Uint8Array): Framing | undefined {
    if (this.#state === "object") return this.#inObject(byte, head);
    const isMark = this.#at < BYTE_ORDER_MARK.length && byte === BYTE_ORDER_MARK[this.#at];
    if (isBlank(byte) || isMark) {
      this.#beginsLine = isMark || byte === NEWLINE;
      this.#hasLineEnd ||= this.#state === "array" && byte === NEWLINE;
      return this.#at - this.#start > this.#limit ? "lines" : undefined;
    }
    // A bracket begins an array of records, but also many log lines: [INFO] ...
    if (this.#state === "array") {
      return this.#hasLineEnd || byte === OPEN_BRACE || byte === CLOSE_BRACKET ? "array" : "lines";
    }
    this.#start = this.#at;
    if (byte === OPEN_BRACKET) this.#state = "array";
    else if (byte === OPEN_BRACE) this.#state = "object";
    else return "lines";
    return this.#state === "object" ? this.#inObject(byte, head) : undefined;
  }

  /**
   * An object that closes on its own line is NDJSON. JSON that closes later is a sequence, unless its first line is
   * only "{": such an object may stand among lines.
   */
  #inObject(byte: number, head: () => Uint8Array): Framing | undefined {
    if (this.#at === this.#start) this.#isLone = this.#beginsLine;
    else if (!isBlank(byte)) this.#isLone = false;
    const isLoneBrace = this.#isLone && byte === NEWLINE;
    if (isLoneBrace || this.#at - this.#start >= this.#limit) return "lines";
    const state = this.#scan.next(byte);
    this.#hasLineEnd ||= byte === NEWLINE;
    if (state === "open") return undefined;
    if (state === "broken" || !this.#hasLineEnd) return "lines";
    return isJson(head().subarray(this.#start, this.#at + 1)) ? "sequence" : "lines";
  }
}
