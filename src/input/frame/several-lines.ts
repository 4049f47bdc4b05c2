import type { Block } from "./blocks.js";
import {
  CLOSE_BRACE,
  COMMA,
  ElementScan,
  isBlank,
  isJson,
  NEWLINE,
  OPEN_BRACE,
  RETURN,
} from "./element-scan.js";
import { isLoneBrace, pastLineMarks, pastMarks } from "./line-starts.js";
import { SpanBuilder } from "./span-builder.js";

/**
 * Finds records over several lines among lines of NDJSON. Such a record begins with a line that is only "{" and ends
 * where its brackets end. A broken one ends before the next line that begins with "{"; an indented broken one also
 * after a line that is only "}". Blocks without such records pass through unchanged.
 */
export async function* withSeveralLines(blocks: AsyncIterable<Block>, limit: number): AsyncGenerator<Block> {
  const reader = new SeveralLineReader(limit);
  for await (const block of blocks) yield* reader.take(block);
  yield* reader.finish();
}

const UNSEPARATED = { malformed: "unseparated", expected: "one object a line, or one JSON array" } as const;

/** Reads whole lines. */
class SeveralLineReader {
  readonly #spans: SpanBuilder;
  #scan = new ElementScan();
  /** True if the current record is known to be invalid: the next record's start ends it. */
  #isBroken = false;
  /** True if a line of the record begins with white space. */
  #isIndented = false;
  #hasRecords = false;
  #hasSeveralLines = false;
  /** True after the wrong separators of records over several lines have been reported. */
  #isSaid = false;
  /** True if they must be reported at the current record. */
  #isUnseparated = false;

  constructor(limit: number) {
    this.#spans = new SpanBuilder(limit);
  }

  *take(block: Block): Generator<Block> {
    const isOfLines = block.records === undefined;
    const isDue = this.#hasSeveralLines && !this.#isSaid;
    if (!this.#spans.isOpen && !(isOfLines && (block.hasLoneBrace === true || isDue))) {
      this.#hasRecords ||= !isOfLines || block.bytes.some((byte) => !isBlank(byte));
      yield block;
      return;
    }
    const from = this.#spans.add(isOfLines ? block.bytes : Buffer.concat([block.bytes, LINE_END]));
    if (!isOfLines) this.#break();
    this.#read(from);
    yield* this.#spans.give();
  }

  *finish(): Generator<Block> {
    if (this.#spans.isOpen) this.#close(this.#spans.bytes.length);
    yield* this.#spans.give();
  }

  /** An overlong line makes its record too long. */
  #break(): void {
    this.#isBroken = true;
    this.#spans.leaveOut();
  }

  #read(from: number): void {
    const { bytes } = this.#spans;
    for (let start = from; start < bytes.length; ) {
      const newline = bytes.indexOf(NEWLINE, start);
      const end = newline < 0 ? bytes.length : newline + 1;
      this.#readLine(start, end);
      if (newline >= 0) this.#spans.endLine(newline);
      start = end;
    }
  }

  #readLine(start: number, end: number): void {
    if (this.#spans.isOpen && !this.#endsBefore(start)) {
      this.#isIndented ||= isBlank(this.#spans.bytes[start]) && this.#inkAt(start, end) < end;
      if (!this.#isBroken) this.#follow(start, end);
      else if (this.#isIndented && this.#isClosing(start, end)) this.#close(end);
      return;
    }
    if (this.#spans.isOpen) this.#close(start);
    if (isLoneBrace(this.#spans.bytes, start)) this.#begin(start, end);
    else if (this.#inkAt(start, end) < end) this.#takeLine(start, end);
  }

  /** True if the line is only an unindented "}", which ends a record with indented lines. */
  #isClosing(start: number, end: number): boolean {
    return this.#spans.bytes[start] === CLOSE_BRACE && this.#inkAt(start + 1, end) === end;
  }

  /** True if the next record begins with this line, even after byte order marks or zeros. */
  #endsBefore(lineStart: number): boolean {
    const { bytes } = this.#spans;
    let at = pastLineMarks(bytes, lineStart);
    while (bytes[at] === 0) at++;
    return bytes[at] === OPEN_BRACE && (this.#isBroken || at > lineStart || !this.#scan.mayHaveValue);
  }

  #begin(start: number, end: number): void {
    this.#open(start);
    this.#follow(pastLineMarks(this.#spans.bytes, start), end);
  }

  #open(at: number): void {
    this.#spans.open(at);
    this.#scan = new ElementScan();
    this.#isBroken = false;
    this.#isIndented = false;
    this.#isUnseparated = this.#hasRecords && !this.#isSaid;
    this.#hasRecords = true;
    this.#hasSeveralLines = true;
  }

  #follow(start: number, end: number): void {
    const { bytes } = this.#spans;
    for (let at = start; at < end; at++) {
      const state = this.#scan.next(bytes[at] ?? 0);
      if (state === "open") continue;
      if (state !== "closed" || !this.#isEnd(at, start, end)) {
        this.#isBroken = true;
        return;
      }
      this.#close(at + 1);
      const brace = this.#braceBehind(at, end);
      if (brace === undefined) {
        this.#takeRest(at + 1, end);
        return;
      }
      this.#open(brace);
      at = brace - 1;
    }
  }

  /**
   * True if a record ends with its last bracket at `at`. In a broken record, brackets in strings may look like its
   * end.
   */
  #isEnd(at: number, lineStart: number, end: number): boolean {
    const beginsLine = this.#inkAt(lineStart, at) === at;
    return beginsLine || this.#inkAt(at + 1, end) === end || this.#braceBehind(at, end) !== undefined;
  }

  /** The start of another record on the same line, after a comma, byte order marks or nothing. */
  #braceBehind(at: number, end: number): number | undefined {
    const { bytes } = this.#spans;
    let next = this.#inkAt(at + 1, end);
    if (bytes[next] === COMMA) next = this.#inkAt(next + 1, end);
    next = pastMarks(bytes, next);
    return next < end && bytes[next] === OPEN_BRACE ? next : undefined;
  }

  #takeRest(from: number, end: number): void {
    const start = this.#inkAt(from, end);
    if (start < end) this.#takeLine(start, end);
  }

  #takeLine(start: number, end: number): void {
    const { bytes } = this.#spans;
    const last = bytes[end - 1] === NEWLINE ? end - 1 : end;
    const textEnd = last < end && bytes[last - 1] === RETURN ? last - 1 : last;
    this.#spans.open(start);
    if (this.#hasSeveralLines && !this.#isSaid) this.#say(textEnd);
    this.#hasRecords = true;
    this.#spans.close(textEnd);
  }

  #close(end: number): void {
    // If a record is broken, report only that.
    if (!this.#isSaid) this.#isSaid = !isJson(this.#spans.heldUpTo(end));
    if (this.#isUnseparated && !this.#isSaid) this.#say(end);
    this.#spans.closeTrimmed(end);
  }

  #say(end: number): void {
    this.#isSaid = true;
    this.#spans.say(end, UNSEPARATED);
  }

  /** The first byte from `at` on that is not white space, or `end`. */
  #inkAt(from: number, end: number): number {
    let at = from;
    while (at < end && isBlank(this.#spans.bytes[at])) at++;
    return at;
  }
}

const LINE_END = Buffer.from([NEWLINE]);
