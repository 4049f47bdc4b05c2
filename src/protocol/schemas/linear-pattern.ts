import { RE2JS } from "re2js";

/** The part of a regular expression that validators use. */
export interface LinearPattern {
  test(text: string): boolean;
}

/**
 * A pattern of a JSON Schema that runs in linear time on any text. It has the meaning of a JavaScript expression with
 * the flag "u".
 *
 * @throws Error if the pattern is invalid or needs backtracking; its message says what to do
 */
export function linearPattern(pattern: string): LinearPattern {
  try {
    new RegExp(pattern, "u");
  } catch {
    throw new Error("it is not a regular expression");
  }
  try {
    return RE2JS.compile(translated(pattern));
  } catch {
    throw new Error(
      "it cannot be matched in bounded time: write it without lookahead, lookbehind and back references, " +
        "repeat a part at most 1000 times, and use only short Unicode properties such as \\p{L}",
    );
  }
}

/** White space of JavaScript, and all other characters. The engine's own class has fewer characters. */
const SPACE =
  "\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";
const NO_SPACE =
  "\\x{0}-\\x{8}\\x{e}-\\x{1f}!-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}" +
  "\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}";

/** Spellings in the engine for escapes that it reads differently from JavaScript. */
const OUTSIDE_CLASSES: Readonly<Record<string, string>> = {
  ".": "[^\\n\\r\\x{2028}\\x{2029}]",
  "\\s": `[${SPACE}]`,
  "\\S": `[${NO_SPACE}]`,
  "[^]": "[\\x{0}-\\x{10ffff}]",
};
const IN_CLASSES: Readonly<Record<string, string>> = {
  "[": "\\[",
  "[^]": "\\[^]",
  "\\b": "\\x08",
  "\\s": SPACE,
  "\\S": NO_SPACE,
};

/** Two escapes that form one character, another escape of a character, a script, or anything else. */
const PART =
  /\\u([dD][89abAB][\da-fA-F]{2})\\u([dD][c-fC-F][\da-fA-F]{2})|\\u(?:\{([\da-fA-F]+)\}|([\da-fA-F]{4}))|\\c([a-zA-Z])|(\\[pP])\{(?:Script|sc)=(\w+)\}|\[\^\]|\\?./gsu;

function translated(pattern: string): string {
  let isInClass = false;
  return pattern.replace(PART, (part: string, ...groups: (string | undefined)[]) => {
    const [high, low = "", long, short, control, property, script] = groups;
    const code = long ?? short;
    const units = [high, low].map((unit) => Number.parseInt(unit ?? "", 16));
    if (high !== undefined) return spelled(String.fromCharCode(...units).codePointAt(0) ?? 0);
    if (code !== undefined) return spelled(Number.parseInt(code, 16));
    if (control !== undefined) return spelled(control.charCodeAt(0) % 32);
    if (property !== undefined) return `${property}{${script}}`;
    const known = isInClass ? IN_CLASSES : OUTSIDE_CLASSES;
    if (part === "[") isInClass = true;
    if (part === "]" || part === "[^]") isInClass = false;
    return Object.hasOwn(known, part) ? (known[part] ?? part) : part;
  });
}

function spelled(code: number): string {
  return `\\x{${code.toString(16)}}`;
}
