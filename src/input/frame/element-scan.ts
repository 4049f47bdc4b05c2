import { tooDeepAt } from "../../model/parsed-json.js";

export const NEWLINE = 0x0a;
export const RETURN = 0x0d;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** White space of JSON. */
export function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === RETURN || byte === NEWLINE;
}

/** The number of containers around a value whose kinds are remembered. Deeper, a value may follow any comma. */
const KNOWN_DEPTH = 1024;

/** Follows one object, array or string to its end, byte by byte, aware of strings. */
export class ElementScan {
  readonly #indentation: number;
  readonly #kinds: number[] = [];
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** The last byte outside of strings that is not white space; a string counts as its quote. */
  #last = 0;
  /** Number of blanks before the next byte on its line; -1 if something other than white space precedes it. */
  #blanks = -1;

  /** @param indentation largest indentation in bytes with which another record may begin a line */
  constructor(indentation = 0) {
    this.#indentation = indentation;
  }

  /**
   * "broken" is a line end inside a string, which JSON forbids. "next" is the next record: an object that begins a
   * line where JSON allows no value.
   */
  next(byte: number): "open" | "closed" | "broken" | "next" {
    if (this.#inString) return this.#nextInString(byte);
    if (byte === NEWLINE) this.#blanks = 0;
    else if (this.#blanks >= 0 && isBlank(byte)) this.#blanks++;
    if (isBlank(byte)) return "open";
    if (byte === OPEN_BRACE && this.#beginsLine() && !this.mayHaveValue) return "next";
    this.#blanks = -1;
    this.#last = byte;
    if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#enter(byte);
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) this.#depth--;
    return this.#depth === 0 && !this.#inString ? "closed" : "open";
  }

  #nextInString(byte: number): "open" | "closed" | "broken" {
    if (byte === NEWLINE) return "broken";
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
    return this.#inString || this.#depth > 0 ? "open" : "closed";
  }

  #enter(byte: number): void {
    if (this.#depth < KNOWN_DEPTH) this.#kinds[this.#depth] = byte;
    this.#depth++;
  }

  #beginsLine(): boolean {
    return this.#blanks >= 0 && this.#blanks <= this.#indentation;
  }

  /** True if JSON text may continue with a value here. */
  get mayHaveValue(): boolean {
    if (this.#inString) return false;
    if (this.#last === COLON || this.#last === OPEN_BRACKET) return true;
    return this.#last === COMMA && this.#kinds[this.#depth - 1] !== OPEN_BRACE;
  }
}

/** True if the bytes as a whole are JSON. Bytes that nest too deeply to be parsed count as JSON. */
export function isJson(bytes: Uint8Array): boolean {
  if (tooDeepAt(bytes) >= 0) return true;
  try {
    JSON.parse(Buffer.from(bytes).toString());
    return true;
  } catch {
    return false;
  }
}
