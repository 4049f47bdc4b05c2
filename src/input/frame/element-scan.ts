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

/** Containers around a value whose kinds are known; further in, a value may stand wherever a comma precedes it. */
const KNOWN_DEPTH = 1024;

/** Follows one object, array or string to its end, byte by byte, minding strings. */
export class ElementScan {
  readonly #indentation: number;
  readonly #kinds: number[] = [];
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** The last byte outside of strings that is no white space; a string counts as its quote. */
  #last = 0;
  /** How many bytes precede the next one on its line; -1 where another than white space does. */
  #blanks = -1;

  /** @param indentation another record may begin on a line that is indented by so many bytes at most */
  constructor(indentation = 0) {
    this.#indentation = indentation;
  }

  /**
   * "broken" is a line end inside a string, which no JSON text has. "next" is an object that begins a line
   * where no JSON text goes on with one: it is the next record.
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

  /** Whether a JSON text may go on with a value here. */
  get mayHaveValue(): boolean {
    if (this.#inString) return false;
    if (this.#last === COLON || this.#last === OPEN_BRACKET) return true;
    return this.#last === COMMA && this.#kinds[this.#depth - 1] !== OPEN_BRACE;
  }
}

/** Whether some bytes are JSON as a whole. Of those that nest too deep to be read that is supposed. */
export function isJson(bytes: Uint8Array): boolean {
  if (tooDeepAt(bytes) >= 0) return true;
  try {
    JSON.parse(Buffer.from(bytes).toString());
    return true;
  } catch {
    return false;
  }
}
