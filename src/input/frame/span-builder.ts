import { joined } from "../open/joined.js";
import { type Block, KEPT_BYTES, type RecordSpan, type SpanProblem, tooLong } from "./blocks.js";
import { isBlank, NEWLINE } from "./element-scan.js";

/** Holds the bytes of an input until the spans of their records are known, and yields both in blocks. */
export class SpanBuilder {
  readonly #limit: number;
  #bytes: Uint8Array = new Uint8Array(0);
  #spans: RecordSpan[] = [];
  /** The start of the current record. */
  #start: number | undefined;
  /** Bytes of the current record already dropped, because it is above the limit. */
  #dropped = 0;
  /** The current line, counted from the block's start, and the start of the current record. */
  #line = 0;
  #startLine = 0;
  #startColumn = 1;
  /** A known place on the current line: `units` UTF-16 code units precede the byte at `offset`. */
  #mark = { offset: 0, units: 0 };

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Bytes not yet yielded. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  get isOpen(): boolean {
    return this.#start !== undefined;
  }

  /** The bytes held of the current record. */
  heldUpTo(end: number): Uint8Array {
    return this.#bytes.subarray(this.#start ?? end, end);
  }

  /** Takes bytes and returns their offset. */
  add(chunk: Uint8Array): number {
    const from = this.#bytes.length;
    this.#bytes = from === 0 ? chunk : joined([this.#bytes, chunk]);
    return from;
  }

  /** Notes that a line ends with the byte at `at`. */
  endLine(at: number): void {
    this.#line++;
    this.#mark = { offset: at + 1, units: 0 };
  }

  open(at: number): void {
    this.#start = at;
    this.#dropped = 0;
    this.#startLine = this.#line;
    this.#moveMark(at);
    this.#startColumn = this.#mark.units + 1;
  }

  /** Ends the current record. */
  close(end: number, problem?: SpanProblem): void {
    const start = this.#start ?? end;
    const said = problem ?? (this.isTooLong(end) ? tooLong(this.#limit) : undefined);
    const place = { start, line: this.#startLine, column: this.#startColumn };
    if (said === undefined) this.#spans.push({ ...place, end });
    else this.#spans.push({ ...place, end: Math.min(end, start + KEPT_BYTES), problem: said });
    this.#start = undefined;
    this.#dropped = 0;
  }

  /** Ends the current record before its trailing white space. */
  closeTrimmed(end: number): void {
    let last = end;
    while (last > (this.#start ?? end) && isBlank(this.#bytes[last - 1])) last--;
    this.close(last);
  }

  /** Reports a problem at the start of the current record, and shows the beginning of its first line. */
  say(end: number, problem: SpanProblem): void {
    const start = this.#start ?? end;
    const newline = this.#bytes.subarray(start, end).indexOf(NEWLINE);
    const shown = Math.min(newline < 0 ? end : start + newline, start + KEPT_BYTES);
    this.#spans.push({ start, end: shown, line: this.#startLine, column: this.#startColumn, problem });
  }

  /** Notes that bytes of the current record were left out, so it counts as above the limit. */
  leaveOut(): void {
    this.#dropped = Number.POSITIVE_INFINITY;
  }

  isTooLong(end: number): boolean {
    return end - (this.#start ?? end) + this.#dropped > this.#limit;
  }

  /** A block of all closed records. Of an open record above the limit, only the beginning stays in memory. */
  *give(): Generator<Block> {
    this.#holdOpen();
    const end = this.#start ?? this.#bytes.length;
    if (end === 0 && this.#spans.length === 0) return;
    const lines = this.isOpen ? this.#startLine : this.#line;
    const block = { bytes: this.#bytes.subarray(0, end), lines, records: this.#spans };
    if (end > this.#mark.offset) this.#moveMark(end);
    this.#mark = { offset: this.#mark.offset - end, units: this.#mark.units };
    this.#bytes = this.#bytes.subarray(end);
    this.#spans = [];
    this.#line -= lines;
    this.#startLine = 0;
    if (this.isOpen) this.#start = 0;
    yield block;
  }

  #holdOpen(): void {
    if (this.#start === undefined) return;
    const length = this.#bytes.length - this.#start;
    if (length + this.#dropped <= this.#limit || length <= KEPT_BYTES) return;
    this.#moveMark(this.#bytes.length);
    const kept = this.#start + KEPT_BYTES;
    this.#dropped += this.#bytes.length - kept;
    this.#bytes = this.#bytes.slice(0, kept);
    this.#mark = { offset: kept, units: this.#mark.units };
  }

  #moveMark(to: number): void {
    this.#mark = { offset: to, units: this.#mark.units + utf16Length(this.#bytes, this.#mark.offset, to) };
  }
}

/** UTF-16 code units of UTF-8 bytes, counted byte by byte, because the bytes may begin or end within a character. */
function utf16Length(bytes: Uint8Array, start: number, end: number): number {
  let units = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
  }
  return units;
}
