import type { Part, Parts } from "../carriers/carrier.js";
import { joined } from "../open/joined.js";
import { type Block, KEPT_BYTES, lineBlock, overlongLine } from "./blocks.js";
import { NEWLINE } from "./element-scan.js";

/**
 * Joins messages that were split over several lines. The whole message replaces its first part, and empty lines
 * replace the other parts. So all lines keep their numbers, and reading a line again finds the same record.
 * Blocks without parts pass through unchanged.
 *
 * @param limit largest size of a message in bytes; a message unfinished after twice as many bytes of input stays in
 *   parts
 */
export async function* withJoinedParts(
  blocks: AsyncIterable<Block>,
  parts: readonly Parts[],
  limit: number,
): AsyncGenerator<Block> {
  const joiner = new Joiner(parts, limit);
  for await (const block of blocks) yield* joiner.take(block);
  yield* joiner.finish();
}

/** Lines, a message, or a block without lines. */
interface Waiting {
  pieces: Uint8Array[];
  readonly block?: Block;
}

interface Message extends Waiting {
  /** The text after the message in the line of its last part. */
  tail: Uint8Array;
  length: number;
  /** Number of bytes of the input before it. */
  readonly from: number;
  isOpen: boolean;
}

class Joiner {
  readonly #parts: readonly Parts[];
  readonly #limit: number;
  /** In the order of the input, from the first incomplete message on. */
  #waiting: (Waiting | Message)[] = [];
  /** Incomplete messages by stream, in the order of their first parts. */
  readonly #open = new Map<string, Message>();
  /** Bytes of input so far. Only they decide which message is given up, however the input was cut into blocks. */
  #read = 0;

  constructor(parts: readonly Parts[], limit: number) {
    this.#parts = parts;
    this.#limit = limit;
  }

  *take(block: Block): Generator<Block> {
    if (block.records !== undefined && this.#waiting.length > 0) this.#waiting.push({ pieces: [], block });
    else if (block.records !== undefined || (this.#waiting.length === 0 && block.mayHoldParts !== true))
      yield block;
    else {
      this.#readLines(Buffer.from(block.bytes.buffer, block.bytes.byteOffset, block.bytes.byteLength));
      yield* this.#give();
    }
  }

  *finish(): Generator<Block> {
    for (const stream of [...this.#open.keys()]) this.#end(stream);
    yield* this.#give();
  }

  #readLines(bytes: Buffer): void {
    let from = 0;
    for (let start = 0; start < bytes.length; ) {
      const end = pastLine(bytes, start);
      const line = bytes.subarray(start, end);
      const part = this.#partOf(line);
      if (part !== undefined && (!part.isLast || this.#open.has(part.stream))) {
        this.#wait(bytes.subarray(from, start));
        this.#takePart(line, part);
        from = end;
      }
      this.#read += line.length;
      this.#giveUp();
      start = end;
    }
    this.#wait(bytes.subarray(from));
  }

  #partOf(line: Buffer): Part | undefined {
    for (const parts of this.#parts) {
      const part = parts.mayBegin(line, 0) ? parts.partOf(line) : undefined;
      if (part !== undefined) return part;
    }
    return undefined;
  }

  #wait(lines: Uint8Array): void {
    if (lines.length > 0) this.#waiting.push({ pieces: [lines] });
  }

  #takePart(line: Buffer, { stream, start, end, isLast }: Part): void {
    const message = this.#open.get(stream);
    const tail = line.subarray(end);
    if (message === undefined) {
      const first = { pieces: [line.subarray(0, end)], length: end, tail, from: this.#read, isOpen: true };
      this.#open.set(stream, first);
      this.#waiting.push(first);
      return;
    }
    this.#append(message, line.subarray(start, end));
    const hasEnd = line.at(-1) === NEWLINE;
    message.tail = hasEnd ? tail : joined([tail, LINE_END]);
    if (hasEnd) this.#wait(LINE_END);
    if (isLast) this.#end(stream);
  }

  /** Keeps only the beginning of a message above the limit. */
  #append(message: Message, piece: Uint8Array): void {
    if (message.length <= this.#limit) message.pieces.push(piece);
    message.length += piece.length;
    if (message.length > this.#limit) message.pieces = [joined(message.pieces).slice(0, KEPT_BYTES)];
  }

  #giveUp(): void {
    for (const [stream, { from }] of this.#open) {
      if (this.#read - from <= 2 * this.#limit) return;
      this.#end(stream);
    }
  }

  #end(stream: string): void {
    const message = this.#open.get(stream);
    if (message !== undefined) message.isOpen = false;
    this.#open.delete(stream);
  }

  /** Yields everything before the first incomplete message. */
  *#give(): Generator<Block> {
    const open = this.#waiting.findIndex((waiting) => "isOpen" in waiting && waiting.isOpen);
    let lines: Uint8Array[] = [];
    for (const waiting of this.#waiting.splice(0, open < 0 ? this.#waiting.length : open)) {
      const own = this.#blockOf(waiting);
      if (own === undefined) {
        lines.push(...waiting.pieces, ...("tail" in waiting ? [waiting.tail] : []));
        continue;
      }
      if (lines.length > 0) yield lineBlock(joined(lines));
      yield own;
      lines = [];
    }
    if (lines.length > 0) yield lineBlock(joined(lines));
  }

  /** Content that does not form lines. */
  #blockOf(waiting: Waiting | Message): Block | undefined {
    const isOverlong = "length" in waiting && waiting.length > this.#limit;
    return isOverlong ? overlongLine(joined(waiting.pieces), this.#limit) : waiting.block;
  }
}

const LINE_END = Buffer.from([NEWLINE]);

function pastLine(bytes: Uint8Array, start: number): number {
  const newline = bytes.indexOf(NEWLINE, start);
  return newline < 0 ? bytes.length : newline + 1;
}
