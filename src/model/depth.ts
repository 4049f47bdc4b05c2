/**
 * How many containers may stand around a value: 512. Every level takes memory of its own when a text is parsed, so
 * that 16 MB of brackets would take gigabytes. Many JSON readers stop there or sooner, and no event comes near.
 */
export const MAX_DEPTH = 512;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** True if a JSON text, or its bytes in UTF-8, nests deeper than `MAX_DEPTH`. Brackets inside strings do not count. */
export function isTooDeep(text: string | Uint8Array): boolean {
  const codeAt =
    typeof text === "string" ? (at: number) => text.charCodeAt(at) : (at: number) => text[at] ?? 0;
  let [depth, isInString] = [0, false];
  for (let at = 0; at < text.length; at++) {
    const code = codeAt(at);
    if (code === QUOTE) isInString = !isInString;
    else if (isInString && code === BACKSLASH) at++;
    else if (isInString) continue;
    else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth--;
    else if ((code === OPEN_BRACKET || code === OPEN_BRACE) && ++depth > MAX_DEPTH) return true;
  }
  return false;
}
