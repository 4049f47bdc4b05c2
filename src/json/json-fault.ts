import type { JsonFault } from "../model/subject.js";
import { syntaxErrorOf } from "./json-scan.js";

/** The fault of an invalid JSON text. */
export interface Fault {
  /** Offset of the wrong character, in UTF-16 code units. */
  readonly offset: number;
  /** Undefined if the fault has no name. */
  readonly fault: JsonFault | undefined;
  /** The text that would have been valid there. */
  readonly expected: string;
}

/** Names the fault of a text that JSON.parse refuses. */
export function faultOf(text: string): Fault {
  const { offset, expected } = syntaxErrorOf(text) ?? { offset: 0, expected: "a value" };
  const found = isCutOff(text, offset) ? cutOff(text) : namedAt(text, { offset, expected });
  return { offset, fault: undefined, ...found, expected };
}

type Named = Partial<Pick<Fault, "offset" | "fault">>;

function namedAt(
  text: string,
  { offset, expected }: { readonly offset: number; readonly expected: string },
): Named {
  if (text[offset] === '"' && expected === "a complete string") return inString(text, offset);
  if (/^(?:\/[/*]|#)/.test(text.slice(offset, offset + 2))) return { fault: "comment" };
  if (text.startsWith("\u001b[", offset)) return { fault: "colours" };
  switch (expected) {
    case "a key in quotes":
      return atName(text, offset);
    case "a value":
      return atValue(text, offset);
    case '":"':
      return atColon(text, offset);
    case "the end of the record":
      return afterRecord(text, offset);
    default:
      return afterValue(text, offset);
  }
}

/** True if the text ends at the fault, or within the word that begins there. */
function isCutOff(text: string, offset: number): boolean {
  const rest = text.slice(offset, offset + 8).trimEnd();
  if (offset + 8 < text.length && text.slice(offset + 8).trim() !== "") return false;
  return rest === ""
    ? offset > 0
    : rest === "-" || ["true", "false", "null"].some((word) => word.startsWith(rest));
}

function cutOff(text: string): Named {
  return { offset: text.trimEnd().length, fault: "cut-off" };
}

const VALID_ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Follows a string to the character that ends it too early. */
function inString(text: string, start: number): Named {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20) return { offset: at, fault: CONTROLS[code] ?? "control-character" };
    if (code !== 0x5c) continue;
    VALID_ESCAPE.lastIndex = at;
    if (!VALID_ESCAPE.test(text)) return atBackslash(text, at);
    at = VALID_ESCAPE.lastIndex - 1;
  }
  return cutOff(text);
}

const CONTROLS: Readonly<Record<number, JsonFault>> = {
  9: "tab",
  10: "line-break",
  13: "line-break",
  0: "nul-bytes",
};

function atBackslash(text: string, at: number): Named {
  return /^\\(?:u[0-9a-fA-F]{0,3})?$/.test(text.slice(at, at + 6)) && at + 6 > text.length
    ? cutOff(text)
    : { offset: at, fault: "backslash" };
}

function atName(text: string, at: number): Named {
  const character = text[at] ?? "";
  const before = inkBefore(text, at);
  if (text[before] === "," && (character === "}" || character === ","))
    return { offset: before, fault: "trailing-comma" };
  if (isSingleQuote(character)) return { fault: "single-quotes" };
  return /[\p{L}_$]/u.test(character) ? { fault: "unquoted-name" } : {};
}

function atValue(text: string, at: number): Named {
  const character = text[at] ?? "";
  const before = inkBefore(text, at);
  if (text[before] === "," && /[\]},]/.test(character)) return { offset: before, fault: "trailing-comma" };
  if (text[before] === ":" && /[\]},]/.test(character)) return { fault: "missing-value" };
  // Text that begins differently is not JSON at all.
  if (before < 0) return {};
  if (isSingleQuote(character)) return { fault: "single-quotes" };
  const word = text.slice(at, at + 16);
  if (/^[+-]?(?:NaN|Infinity)\b/.test(word)) return { fault: "not-a-number" };
  if (/^[A-Za-z]/.test(word)) return { fault: "unknown-word" };
  return /^[+-]?\.?\d|^[+-]/.test(word) ? { fault: "number" } : {};
}

/** Between a name and its value. If the name goes on, an inner quote ended it too early. */
function atColon(text: string, at: number): Named {
  const quote = inkBefore(text, at);
  const rest = text.slice(at, at + 6);
  const goesOn =
    /^(?!(?:true|false|null)\b)\p{L}/u.test(rest) || (quote === at - 1 && /^[^,:=}\]{["]/.test(rest));
  return goesOn ? { offset: quote, fault: "quote" } : { fault: "missing-colon" };
}

function afterValue(text: string, at: number): Named {
  const character = text[at] ?? "";
  const before = inkBefore(text, at);
  if (text[before] === '"') return afterString(text, at, before);
  if (/[\d.]/.test(text[before] ?? "") && before === at - 1 && /[\w.]/.test(character))
    return { fault: "number" };
  return /["{[\w-]/.test(character) ? { fault: "missing-comma" } : {};
}

/** After a string another one follows, or the rest of this one, which an inner quote ended too early. */
function afterString(text: string, at: number, quote: number): Named {
  const character = text[at] ?? "";
  const beginsMember = /^"[^"\\\n]{0,100}"\s{0,100}[:,}\]]/.test(text.slice(at, at + 256));
  if (beginsMember || (/["{[]/.test(character) && at > quote + 1)) return { fault: "missing-comma" };
  return /[:}\]]/.test(character) ? {} : { offset: quote, fault: "quote" };
}

function afterRecord(text: string, at: number): Named {
  const character = text[at] ?? "";
  if (text[inkBefore(text, at)] === '"' && isWordy(character)) return {};
  if (character === "}" || character === "]") return { fault: "closed-twice" };
  return /^\s*\{/.test(text) && character !== "{" ? { fault: "text-after" } : {};
}

/** The last character before an offset that is not white space, or -1. */
function inkBefore(text: string, at: number): number {
  let before = at - 1;
  while (before >= 0 && /\s/.test(text[before] ?? "")) before--;
  return before;
}

function isSingleQuote(character: string): boolean {
  return "'`‘’“”".includes(character) && character !== "";
}

function isWordy(character: string): boolean {
  return /[\p{L}\p{N}_'.,;!?()&@/\\-]/u.test(character);
}
