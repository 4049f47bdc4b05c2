import type { Block } from "./blocks.js";
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
import { SpanBuilder } from "./span-builder.js";

type State = "start" | "before" | "inside" | "scalar" | "after" | "resync" | "done";

/** Reads the elements of an array or of a sequence of objects, chunk by chunk. */
export class ElementReader {
  readonly #spans: SpanBuilder;
  #isArray: boolean;
  #state: State;
  #scan = new ElementScan();
  /** Indentation of the current element if it begins a line; infinite if it begins within a line. */
  #indentation = Number.POSITIVE_INFINITY;
  #saidUnseparated = false;
  /** A problem before the current element that is not yet reported. */
  #unsaid: string | undefined;
  #isAfterComma = false;
  /** Number of blanks before the current byte on its line; -1 if something other than white space precedes it. */
  #blanks = 0;

  constructor(framing: "array" | "sequence", limit: number) {
    this.#spans = new SpanBuilder(limit);
    this.#isArray = framing === "array";
    this.#state = this.#isArray ? "start" : "before";
  }

  async *blocks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Block> {
    for await (const chunk of chunks) {
      this.#read(this.#spans.add(chunk));
      yield* this.#spans.give();
    }
    this.#finish();
    yield* this.#spans.give();
  }

  #read(from: number): void {
    const { bytes } = this.#spans;
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      this.#step(byte, at);
      if (byte === NEWLINE) {
        this.#blanks = 0;
        this.#spans.endLine(at);
      } else if (!isBlank(byte)) this.#blanks = -1;
      else if (this.#blanks >= 0) this.#blanks++;
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
        this.#resync(byte, at);
        return;
      case "done":
        this.#trailing(byte, at);
        return;
    }
  }

  #before(byte: number, at: number): void {
    if (isBlank(byte)) return;
    if (this.#isArray && (byte === CLOSE_BRACKET || byte === COMMA)) {
      if (this.#isAfterComma || byte === COMMA) this.#misplaced("an element after the comma", at);
      this.#isAfterComma = byte === COMMA;
      if (byte === CLOSE_BRACKET) this.#state = "done";
      return;
    }
    this.#isAfterComma = false;
    this.#open(byte, at);
  }

  #open(byte: number, at: number): void {
    this.#spans.open(at);
    if (byte !== OPEN_BRACE && byte !== OPEN_BRACKET && byte !== QUOTE) {
      this.#state = "scalar";
      return;
    }
    this.#state = "inside";
    this.#indentation = this.#blanks >= 0 ? this.#blanks : Number.POSITIVE_INFINITY;
    this.#scan = new ElementScan(this.#indentation);
    this.#scan.next(byte);
  }

  #inside(byte: number, at: number): void {
    const state = this.#scan.next(byte);
    if (state === "open") return;
    this.#close(state === "closed" ? at + 1 : at);
    if (state === "next") this.#open(byte, at);
    else this.#state = state === "closed" ? "after" : "resync";
  }

  /**
   * A line that ends within a string breaks the element. The next one begins a line, indented no further than this
   * one.
   */
  #resync(byte: number, at: number): void {
    if (this.#blanks < 0 || this.#blanks > this.#indentation) return;
    if (byte === OPEN_BRACE) this.#open(byte, at);
    else if (this.#isArray && byte === CLOSE_BRACKET) this.#state = "done";
  }

  /** Between two elements. A sequence needs no separator, but a second object in it is a fault of its own. */
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
    this.#sayBefore(this.#isArray ? 'a comma or "]"' : "one object a line, or one JSON array");
    this.#before(byte, at);
  }

  /** Nothing may follow the end of an array; read what does follow, as far as it is JSON. */
  #trailing(byte: number, at: number): void {
    if (isBlank(byte)) return;
    this.#saidUnseparated = false;
    const expected = "nothing after the end of the array";
    if (byte === OPEN_BRACKET) {
      this.#misplaced(expected, at);
      this.#state = "before";
      return;
    }
    this.#isArray = false;
    if (byte === OPEN_BRACE) {
      this.#sayBefore(expected);
      this.#open(byte, at);
      return;
    }
    this.#misplaced(expected, at);
    this.#indentation = Number.POSITIVE_INFINITY;
    this.#state = "resync";
  }

  /** Reports wrong separators once, before the next element. */
  #sayBefore(expected: string): void {
    if (!this.#saidUnseparated) this.#unsaid = expected;
    this.#saidUnseparated = true;
  }

  /** Reports the same for a byte outside every element. */
  #misplaced(expected: string, at: number): void {
    if (this.#saidUnseparated) return;
    this.#saidUnseparated = true;
    this.#spans.open(at);
    this.#spans.close(Math.min(at + 1, this.#spans.bytes.length), { malformed: "misplaced", expected });
  }

  #close(end: number): void {
    if (this.#unsaid !== undefined)
      this.#spans.say(end, { malformed: "unseparated", expected: this.#unsaid });
    this.#unsaid = undefined;
    this.#spans.closeTrimmed(end);
  }

  #finish(): void {
    const at = this.#spans.bytes.length;
    // Report only the truncated element; that the array's end is missing too is obvious.
    if (this.#spans.isOpen) this.#close(at);
    else if (this.#isArray && this.#state !== "done") this.#misplaced('the "]" that ends the array', at);
  }
}
