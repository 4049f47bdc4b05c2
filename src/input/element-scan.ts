export const NEWLINE = 0x0a;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
const BACKSLASH = 0x5c;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** White space of JSON. */
export function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === NEWLINE;
}

/** Follows one object, array or string to its end, byte by byte, minding strings. */
export class ElementScan {
  #depth = 0;
  #inString = false;
  #escaped = false;

  /** "broken" is a line end inside a string, which no JSON text has. */
  next(byte: number): "open" | "closed" | "broken" {
    if (this.#inString) {
      if (byte === NEWLINE) return "broken";
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) this.#inString = false;
      return this.#inString || this.#depth > 0 ? "open" : "closed";
    }
    if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#depth++;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) this.#depth--;
    return this.#depth === 0 && !this.#inString ? "closed" : "open";
  }
}
