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
  try {
    const { head, framing } = await readHead(iterator, limit);
    const all = continued(head, iterator);
    if (framing === "lines") yield* lineBlocks(all, limit);
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

async function readHead(
  iterator: AsyncIterator<Uint8Array>,
  limit: number,
): Promise<{ head: Uint8Array; framing: Framing }> {
  const sniffer = new Sniffer(limit);
  const parts: Uint8Array[] = [];
  for (;;) {
    const next = await iterator.next();
    if (next.done !== true) parts.push(next.value);
    const framing = next.done === true ? "lines" : sniffer.read(next.value, () => joined(parts));
    if (framing !== undefined) return { head: withoutMark(joined(parts)), framing };
  }
}

/** Drops a UTF-8 byte order mark. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return MARK.every((byte, at) => bytes[at] === byte) ? bytes.subarray(MARK.length) : bytes;
}

const MARK = [0xef, 0xbb, 0xbf];

/** Tells from the beginning of an input how it is framed, looking at every byte once. */
class Sniffer {
  readonly #limit: number;
  readonly #scan = new ElementScan();
  #state: "before" | "array" | "object" = "before";
  #at = 0;
  #start = 0;
  #hasLineEnd = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Undefined where more is needed; `head` gives all that has been read. */
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
    if (isBlank(byte) || (this.#at < MARK.length && byte === MARK[this.#at])) {
      this.#hasLineEnd ||= this.#state === "array" && byte === NEWLINE;
      return this.#at - this.#start > this.#limit ? "lines" : undefined;
    }
    // A bracket begins an array of records, but also many a line of a log: [INFO] ...
    if (this.#state === "array") {
      return this.#hasLineEnd || byte === OPEN_BRACE || byte === CLOSE_BRACKET ? "array" : "lines";
    }
    this.#start = this.#at;
    if (byte === OPEN_BRACKET) this.#state = "array";
    else if (byte === OPEN_BRACE) this.#state = "object";
    else return "lines";
    return this.#state === "object" ? this.#inObject(byte, head) : undefined;
  }

  /** An object that closes on its own line is NDJSON; one that closes later, and is JSON, is not. */
  #inObject(byte: number, head: () => Uint8Array): Framing | undefined {
    if (this.#at - this.#start >= this.#limit) return "lines";
    const state = this.#scan.next(byte);
    this.#hasLineEnd ||= byte === NEWLINE;
    if (state === "open") return undefined;
    if (state === "broken" || !this.#hasLineEnd) return "lines";
    return isJson(head().subarray(this.#start, this.#at + 1)) ? "sequence" : "lines";
  }
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(bytes).toString());
    return true;
  } catch {
    return false;
  }
}
