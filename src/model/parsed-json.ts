/**
 * Largest number of containers around a value: 512. Parsing takes memory for each level, so 16 MB of brackets would
 * take gigabytes. Many JSON readers have the same limit or a lower one, and no event comes near it.
 */
export const MAX_DEPTH = 512;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * The offset of the first bracket within `most` others, in a JSON text or its bytes in UTF-8; -1 if there is none.
 * Brackets in strings do not count. The text may be invalid JSON.
 */
export function tooDeepAt(text: string | Uint8Array, most = MAX_DEPTH): number {
  if (text.length <= most) return -1;
  const codeAt = typeof text === "string" ? text.charCodeAt.bind(text) : (at: number) => text[at];
  let [depth, isInString] = [0, false];
  for (let at = 0; at < text.length; at++) {
    const code = codeAt(at);
    if (code === QUOTE) isInString = !isInString;
    else if (isInString) at += code === BACKSLASH ? 1 : 0;
    else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth = Math.max(0, depth - 1);
    else if ((code === OPEN_BRACKET || code === OPEN_BRACE) && ++depth > most) return at;
  }
  return -1;
}

/** The text of a file that an editor or a shell of Windows may have begun with a byte order mark. */
export function withoutMark(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

/** The last characters of a JSON value, by its first one. */
const ENDS = new Map<string | undefined, string>([
  ["{", "}"],
  ["[", "]"],
  ['"', '"'],
  ["t", "e"],
  ["f", "e"],
  ["n", "l"],
  ..."-0123456789".split("").map((digit) => [digit, "0123456789"] as const),
]);
const BLANK = " \t\r\n";
/** No number holds any, nor do true, false and null. */
const WHITE = /\s/;

/**
 * False if the ends of a text show that it is not JSON. To ask is much cheaper than to parse the many lines of a log that
 * are no JSON: an error of JSON.parse takes longer than all else that such a line needs.
 */
export function mayBeJson(text: string): boolean {
  let [from, to] = [0, text.length];
  while (from < to && BLANK.includes(text[from] ?? "")) from++;
  while (to > from && BLANK.includes(text[to - 1] ?? "")) to--;
  const last = text[to - 1];
  if (last === undefined || ENDS.get(text[from])?.includes(last) !== true) return false;
  return '{["'.includes(text[from] ?? "") || !WHITE.test(text.slice(from, to));
}

/** The value of a JSON text; undefined if it is invalid or nests too deeply. */
export function parsedJson(text: string, mostDepth = MAX_DEPTH): unknown {
  if (!mayBeJson(text) || tooDeepAt(text, mostDepth) >= 0) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
