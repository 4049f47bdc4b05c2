import { type Block, joined, KEPT_BYTES, type RecordSpan, type SpanProblem, tooLong } from "./blocks.js";
import {
  CLOSE_BRACKET,
  COMMA,
  ElementScan,
  isBlank,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from "./element-scan.js";

type State = "start" | "before" | "inside" | "scalar" | "after" | "resync" | "done";

/** Reads the elements of an array or of a sequence of objects, a chunk at a time. */
export class ElementReader {
  #isArray: boolean;
  readonly #limit: number;
  #state: State;
  #scan = new ElementScan();
  #saidUnseparated = false;
  #isAfterComma = false;
  /** Bytes not yet given out; an element starts at #start of them while one is being read. */
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;
  /** How many bytes of the element have been let go, since it is above the limit. */
  #dropped = 0;
  /** Whether nothing but blanks has been read of the current line. */
  #isBlankSoFar = true;
  /** The line of #bytes[at], counted from the current block, and where that line starts. */
  #line = 0;
  #startLine = 0;
  #startColumn = 1;
  /** A known place on the current line: `units` UTF-16 code units precede the byte at `offset`. */
  #mark = { offset: 0, units: 0 };
  #spans: RecordSpan[] = [];

  constructor(framing: "array" | "sequence", limit: number) {
    this.#isArray = framing === "array";
    this.#limit = limit;
    this.#state = this.#isArray ? "start" : "before";
  }

  async *blocks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Block> {
    for await (const chunk of chunks) {
      const from = this.#bytes.length;
      this.#bytes = from === 0 ? chunk : joined([this.#bytes, chunk]);
      this.#read(from);
      if (this.#state === "inside" || this.#state === "scalar") this.#holdElement();
      const keepFrom =
        this.#state === "inside" || this.#state === "scalar" ? this.#start : this.#bytes.length;
      if (this.#spans.length > 0 || keepFrom > 0) yield this.#give(keepFrom);
    }
    this.#finish();
    if (this.#bytes.length > 0 || this.#spans.length > 0) yield this.#give(this.#bytes.length);
  }

  #read(from: number): void {
    const bytes = this.#bytes;
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      this.#step(byte, at);
      if (!isBlank(byte)) this.#isBlankSoFar = false;
      if (byte === NEWLINE) {
        this.#isBlankSoFar = true;
        this.#line++;
        this.#mark = { offset: at + 1, units: 0 };
      }
    }
  }

  #step(byte: number, at: number): void {
    switch (this.#state) {
      case "start":
        if (byte === OPEN_BRACKET) this.#state = "before";
        return;
      case "before":
        this.#before(byte, at);
        return;
      case "inside":
        this.#inside(byte, at);
        return;
      case "scalar":
        if (byte === COMMA || byte === CLOSE_BRACKET || byte === NEWLINE) {
          this.#close(at);
          this.#after(byte, at);
        }
        return;
      case "after":
        this.#after(byte, at);
        return;
      case "resync":
        if (byte === OPEN_BRACE && this.#isBlankSoFar) this.#before(byte, at);
        else if (this.#isArray && byte === CLOSE_BRACKET && this.#isBlankSoFar) this.#state = "done";
        return;
      case "done":
        this.#trailing(byte, at);
        return;
    }
  }

  #before(byte: number, at: number): void {
    if (isBlank(byte)) return;
    if (this.#isArray && (byte === CLOSE_BRACKET || byte === COMMA)) {
      if (this.#isAfterComma || byte === COMMA) this.#misplaced(at, "an element after the comma");
      this.#isAfterComma = byte === COMMA;
      if (byte === CLOSE_BRACKET) this.#state = "done";
      return;
    }
    this.#isAfterComma = false;
    this.#open(at);
    if (byte !== OPEN_BRACE && byte !== OPEN_BRACKET && byte !== QUOTE) {
      this.#state = "scalar";
      return;
    }
    this.#state = "inside";
    this.#scan = new ElementScan();
    this.#scan.next(byte);
  }

  #inside(byte: number, at: number): void {
    const state = this.#scan.next(byte);
    if (state === "open") return;
    this.#close(state === "closed" ? at + 1 : at);
    this.#state = state === "closed" ? "after" : "resync";
  }

  /** Between two elements. A sequence has nothing there, but more than one object is a fault of its own. */
  #after(byte: number, at: number): void {
    this.#state = "after";
    if (isBlank(byte)) return;
    if (this.#isArray && byte === COMMA) {
      this.#state = "before";
      this.#isAfterComma = true;
      return;
    }
    if (this.#isArray && byte === CLOSE_BRACKET) {
      this.#state = "done";
      return;
    }
    this.#misplaced(at, this.#isArray ? 'a comma or "]"' : "one object a line, or one JSON array");
    this.#before(byte, at);
  }

  /** After the end of an array nothing may follow; what does is read all the same, as far as it is JSON. */
  #trailing(byte: number, at: number): void {
    if (isBlank(byte)) return;
    this.#saidUnseparated = false;
    this.#misplaced(at, "nothing after the end of the array");
    if (byte === OPEN_BRACKET) {
      this.#state = "before";
      return;
    }
    this.#isArray = false;
    if (byte === OPEN_BRACE) this.#before(byte, at);
    else this.#state = "resync";
  }

  /** Says once that records are not separated as they should be, where that shows first. */
  #misplaced(at: number, expected: string): void {
    if (this.#saidUnseparated) return;
    this.#saidUnseparated = true;
    this.#open(at);
    this.#close(at, { malformed: "unseparated", expected });
  }

  #open(at: number): void {
    this.#start = at;
    this.#dropped = 0;
    this.#startLine = this.#line;
    this.#moveMark(at);
    this.#startColumn = this.#mark.units + 1;
  }

  #close(end: number, problem?: SpanProblem): void {
    const place = { start: this.#start, line: this.#startLine, column: this.#startColumn };
    const isTooLong = end - this.#start + this.#dropped > this.#limit;
    const said = problem ?? (isTooLong ? tooLong(this.#limit) : undefined);
    if (said === undefined) this.#spans.push({ ...place, end });
    else this.#spans.push({ ...place, end: Math.min(end, this.#start + KEPT_BYTES), problem: said });
    this.#dropped = 0;
  }

  #moveMark(to: number): void {
    this.#mark = { offset: to, units: this.#mark.units + utf16Length(this.#bytes, this.#mark.offset, to) };
  }

  /** Of an element above the limit only the beginning is held while its end is looked for. */
  #holdElement(): void {
    const length = this.#bytes.length - this.#start;
    if (length + this.#dropped <= this.#limit || length <= KEPT_BYTES) return;
    this.#moveMark(this.#bytes.length);
    const kept = this.#start + KEPT_BYTES;
    this.#dropped += this.#bytes.length - kept;
    this.#bytes = this.#bytes.slice(0, kept);
    this.#mark = { offset: kept, units: this.#mark.units };
  }

  /** The bytes up to `end` as a block; what follows them is kept for the next one. */
  #give(end: number): Block {
    const startLine = this.#state === "inside" || this.#state === "scalar" ? this.#startLine : this.#line;
    const block = { bytes: this.#bytes.subarray(0, end), lines: startLine, records: this.#spans };
    if (end > this.#mark.offset) this.#moveMark(end);
    this.#mark = { offset: this.#mark.offset - end, units: this.#mark.units };
    this.#bytes = this.#bytes.subarray(end);
    this.#spans = [];
    this.#line -= startLine;
    this.#startLine = 0;
    this.#start = 0;
    return block;
  }

  #finish(): void {
    const at = this.#bytes.length;
    // An element that breaks off is the fault; that the array's end is missing too goes without saying.
    if (this.#state === "inside" || this.#state === "scalar") this.#close(at);
    else if (this.#isArray && this.#state !== "done") this.#misplaced(at, 'the "]" that ends the array');
  }
}

/** UTF-16 code units of UTF-8 bytes, counted byte by byte: the bytes may begin or end within a character. */
function utf16Length(bytes: Uint8Array, start: number, end: number): number {
  let units = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
  }
  return units;
}
