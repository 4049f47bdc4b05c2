import type { Random } from "../../support/random.js";
import type { Line } from "../judge/json.js";

const TOKENS = /"(?:[^"\\]|\\.)*"(?:\s*:)?|-?\d[\d.eE+-]*|[{}[\],]/g;
const BLANKS = ["", " ", "  ", "\t", "\r", " \t "];

function escaped(text: string, random: Random, share: number): string {
  const value = JSON.parse(text) as string;
  const written = [...value].map((character) => {
    if (random.below(share) > 0) return JSON.stringify(character).slice(1, -1);
    const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at).toString(16));
    const isUpper = random.below(2) === 0;
    return units.map((unit) => `\\u${(isUpper ? unit.toUpperCase() : unit).padStart(4, "0")}`).join("");
  });
  return `"${written.join("")}"`;
}

/** The same number in other digits. */
function respelled(number: string, random: Random): string {
  if (!/^-?\d+$/.test(number) || number.length > 15) return number;
  const spellings = [`${number}.0`, `${number}e0`, `${number}E+00`, `${number}0e-1`];
  return random.pick([
    ...spellings,
    ...(number === "0" ? ["-0", "0e9", "-0.0"] : [`${number}.00000000000000000001`]),
  ]);
}

/** Writes tokens in another way, one in `share` of them; the value stays the same. */
function rewritten(text: string, random: Random, share: number, what: (token: string) => string): string {
  return text.replaceAll(TOKENS, (token) => (random.below(share) === 0 ? what(token) : token));
}

const inStrings = (token: string, change: (text: string) => string): string => {
  if (!token.startsWith('"')) return token;
  const [, text = "", colon = ""] = /^("(?:[^"\\]|\\.)*")(\s*:)?$/.exec(token) ?? [];
  return change(text) + colon;
};

function reordered(text: string, random: Random): string {
  const value = JSON.parse(text) as Record<string, unknown>;
  return JSON.stringify(Object.fromEntries(random.shuffled(Object.entries(value))));
}

/** A member of the event a second time, before or after itself, with this or another value. */
function repeated(text: string, random: Random): string {
  const value = JSON.parse(text) as Record<string, unknown>;
  const name = random.pick(Object.keys(value));
  if (name === undefined) return text;
  const key = random.below(3) === 0 ? escaped(JSON.stringify(name), random, 3) : JSON.stringify(name);
  const again = `${key}:${JSON.stringify(random.below(2) === 0 ? value[name] : "x")}`;
  return random.below(2) === 0 ? `{${again},${text.slice(1)}` : `${text.slice(0, -1)},${again}}`;
}

export type Spelling = (text: string, random: Random) => string;

/** A blank behind each colon and comma, as Python writes JSON. */
const spaced: Spelling = (text) =>
  text.replaceAll(TOKENS, (token) => (/[:,]$/.test(token) ? `${token} ` : token));
/** Every character of every text as an escape. */
const allEscaped: Spelling = (text, random) =>
  rewritten(text, random, 1, (token) => inStrings(token, (each) => escaped(each, random, 1)));
const asItIs: Spelling = (text) => text;

/** Ways in which all events of a log may be written. */
export const HANDS: readonly Spelling[] = [
  ...Array.from({ length: 8 }, () => asItIs),
  spaced,
  spaced,
  allEscaped,
];

/** Other ways to write an event that is written without blanks. */
const SPELLINGS: readonly Spelling[] = [
  (text, random) => rewritten(text, random, 1 + random.below(9), (token) => token + random.pick(BLANKS)),
  spaced,
  (text, random) =>
    rewritten(text, random, 1 + random.below(5), (token) =>
      inStrings(token, (each) => escaped(each, random, 4)),
    ),
  allEscaped,
  (text, random) =>
    rewritten(text, random, 2, (token) => (/^[-\d]/.test(token) ? respelled(token, random) : token)),
  reordered,
  repeated,
];

export const respell: Spelling = (text, random) => random.pick(SPELLINGS)(text, random);

/** Tokens that JSON does not know, or not there. */
const ODD = [
  "NaN",
  "Infinity",
  "undefined",
  "'x'",
  "01",
  "+1",
  ".5",
  "1.",
  "0x1",
  "1e400",
  "-",
  "//",
  "\u0000",
  "\t",
];

/** A line of which a few bytes are others. It still begins as an object does, and is one line. */
export function damaged(text: string, random: Random): Line {
  return random.pick<() => Line>([
    () => text.slice(0, 1 + random.below(text.length - 1)),
    () => `${text}${random.pick([...'}],"x', "{}"])}`,
    () => text.replace(/:("[^"]*"|[\d.]+)/, () => `:${random.pick(ODD)}`),
    () => {
      const at = 1 + random.below(text.length - 1);
      return (
        text.slice(0, at) +
        random.pick([...'{}[]",:\\ 0e-\u0001é', ...ODD]) +
        text.slice(at + random.below(2))
      );
    },
    () => {
      const bytes = Buffer.from(text);
      const at = 1 + random.below(bytes.length - 1);
      const byte = random.below(256);
      // A line end would make two lines of it.
      bytes[at] = byte === 0x0a || byte === 0x0d ? 0xff : byte;
      return bytes;
    },
  ])();
}
