import { isPlaceholderSecret, isReference, looksRandom } from "./placeholders.js";
import type { Secret } from "./secret.js";

/** Last words of the names of secrets, in any case: --auth-token, DB_PASSWORD, clientSecret, _authToken. */
const SECRET_WORDS = ["password", "passwd", "passphrase", "pwd", "secret", "token"] as const;

/** Words that make a key secret, with or without a separator: api_key, AccountKey, secret-key. */
const KEY_WORDS = ["api", "access", "account", "auth", "encryption", "private", "secret", "signing"] as const;

/** Source of an expression for the last word of a name. */
export const NAME = `(${SECRET_WORDS.join("|")}|(?:${KEY_WORDS.join("|")})[_-]?key)(?![A-Za-z])`;
const NAMES = new RegExp(NAME, "gi");
const OPTION = new RegExp(`^--[\\w.-]*?${NAME}$`, "i");
const MEMBER = new RegExp(`${NAME}$`, "i");
const MEMBERS = new RegExp(`${NAME}["']?\\s{0,8}:\\s{0,8}["']?([^"'\\s,}]+)`, "gi");

/** Characters of a name before its last word. The words before it decide what the name means. */
const NAME_CHARACTER = /[\w.-]/;
const LONGEST_BEFORE = 64;
const LONGEST_OPTION = 80;

/** Harmless tokens: marks of pages, of texts, of forms. */
const HARMLESS =
  /(?:page|next|prev|continuation|sync|cursor|csrf|xsrf|max|min|num|eos|bos|pad|stop|start|end)[_-]?$/i;

const SEPARATOR = /(\\{0,3}["'])?( {0,2}(?:=>|[:=]) {0,2}| )(\\{0,3}["'`])?/y;
// A value is found by its end: an expression that matches all of it may need a stack as long as the value.
const QUOTED_END = /[\s"'`\\]/g;
/** Stops where the next assignment can begin, so that no character is read for two names. */
const BARE_END = /[\s"'`\\<>&;,|(){}[\]=]/g;
const LONGEST_PADDING = 2;

/**
 * How certainly the text is a value: options and members have values, a quoted text may be one, prose is uncertain.
 */
type Place = "option" | "member" | "quoted" | "bare";

/** Values assigned to names of secrets: --token=..., PASSWORD=..., "api_key": "..." */
export function namedSecrets(text: string): readonly Secret[] {
  const found: Secret[] = [];
  for (const { 0: word, index } of text.matchAll(NAMES)) {
    const secret = valueAfter(text, index, word);
    if (secret !== undefined) found.push(secret);
  }
  return found;
}

/** True if the argument is an option, and the next argument `value` is its secret. */
export function isSecretOption(argument: string, value: string): boolean {
  const word = argument.length > LONGEST_OPTION ? undefined : OPTION.exec(argument)?.[1];
  if (word === undefined) return false;
  const before = argument.slice(0, argument.length - word.length);
  return isSecretValue(value, word, before, "option");
}

/** The value of a member named like a secret, as one secret; empty if the value is only a placeholder. */
export function secretMember(name: string, value: string): readonly Secret[] {
  const word = name.length > LONGEST_OPTION ? undefined : MEMBER.exec(name)?.[1];
  if (word === undefined) return [];
  const before = name.slice(0, name.length - word.length);
  return isSecretValue(value, word, before, "member")
    ? [{ start: 0, end: value.length, kind: kindOf(word) }]
    : [];
}

/** The values of members named like secrets, in a text that resembles JSON but may be invalid. */
export function memberValues(text: string): readonly Secret[] {
  return Array.from(text.matchAll(MEMBERS), ({ 0: { length }, 1: word = "", 2: value = "", index }) => ({
    start: index + length - value.length,
    end: index + length,
    kind: kindOf(word),
  }));
}

/** The kind of secret under this name, in words. */
export function kindOf(name: string): string {
  if (/(?:pass\w*|pwd)$/i.test(name)) return "a password";
  if (/token$/i.test(name)) return "a token";
  return /key$/i.test(name) ? "a key" : "a secret";
}

function valueAfter(text: string, index: number, word: string): Secret | undefined {
  SEPARATOR.lastIndex = index + word.length;
  const separator = SEPARATOR.exec(text);
  if (separator === null) return undefined;
  const before = nameBefore(text, index);
  const place = placeOf(separator, before);
  if (place === undefined) return undefined;
  const start = SEPARATOR.lastIndex;
  const value = valueAt(text, start, separator[3] !== undefined);
  if (value === undefined || !isSecretValue(value, word, before, place)) return undefined;
  return { start, end: start + value.length, kind: kindOf(word) };
}

/** The part of a name before its last word. */
function nameBefore(text: string, end: number): string {
  const first = Math.max(0, end - LONGEST_BEFORE);
  let start = end;
  while (start > first && NAME_CHARACTER.test(text[start - 1] ?? "")) start--;
  return text.slice(start, end);
}

/** Undefined if the text after a name is not its value. */
function placeOf(separator: RegExpExecArray, before: string): Place | undefined {
  const [, quote, sign = "", opening] = separator;
  const isOption = before.startsWith("--");
  if (sign === "=") return before.startsWith("-") ? "option" : opening === undefined ? "bare" : "quoted";
  if (sign === " ") return isOption && quote === undefined ? "bare" : undefined;
  return opening === undefined ? undefined : "quoted";
}

function valueAt(text: string, start: number, isQuoted: boolean): string | undefined {
  let end = placeOfNext(isQuoted ? QUOTED_END : BARE_END, text, start);
  if (end === start) return undefined;
  if (isQuoted) return text.slice(start, end);
  for (let padding = 0; padding < LONGEST_PADDING && text[end] === "="; padding++) end++;
  return text[end] === "(" || text[end] === "[" ? undefined : withoutStops(text.slice(start, end));
}

/** Where a character of the pattern comes next; the end of the text if none does. */
function placeOfNext(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.exec(text)?.index ?? text.length;
}

/** A loop, because an expression anchored at the end would restart at every stop. */
function withoutStops(value: string): string {
  let end = value.length;
  while (end > 0 && ".:?".includes(value[end - 1] ?? " ")) end--;
  return value.slice(0, end);
}

const SHORTEST_GIVEN = 4;
const SHORTEST_PASSWORD = 6;
const SHORTEST_KEY = 8;
/** Longer runs of letters of one case are not words. */
const LONGEST_WORD = 16;

function isSecretValue(value: string, word: string, before: string, place: Place): boolean {
  if (HARMLESS.test(before) || isPlaceholderSecret(value) || isReference(value)) return false;
  if (place === "member") return isSecretOfMember(value, kindOf(word));
  const kind = kindOf(word);
  if (kind === "a password") {
    if (place === "option") return value.length >= SHORTEST_GIVEN;
    return value.length >= SHORTEST_PASSWORD && /[A-Za-z]/.test(value) && /[\d!@#$%^&*+~?]/.test(value);
  }
  // --secret usually names a secret that is stored elsewhere.
  if (place !== "option" || (kind === "a secret" && /^-*$/.test(before))) return looksRandom(value);
  return value.length >= SHORTEST_GIVEN && /[A-Za-z]/.test(value) && (kind === "a token" || /\d/.test(value));
}

/** A password may be any word; a token, a key or another secret must not look like a word. */
function isSecretOfMember(value: string, kind: string): boolean {
  if (kind === "a password") return value.length >= SHORTEST_GIVEN && value.trim() !== "";
  if (value.length < SHORTEST_KEY || /\s/.test(value)) return false;
  return value.length >= LONGEST_WORD || !/^(?:[A-Z]?[a-z]+|[A-Z]+|\d+)$/.test(value);
}
