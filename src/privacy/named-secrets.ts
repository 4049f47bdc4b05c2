import { isPlaceholderSecret, isReference, looksRandom } from "./placeholders.js";
import type { Secret } from "./secret.js";

/** Words that end the names of secrets, in any case: --auth-token, DB_PASSWORD, clientSecret, _authToken. */
const SECRET_WORDS = ["password", "passwd", "passphrase", "pwd", "secret", "token"] as const;

/** Words that make a key a secret one, with or without a joint: api_key, AccountKey, secret-key. */
const KEY_WORDS = ["api", "access", "account", "auth", "encryption", "private", "secret", "signing"] as const;

/** Source of an expression for the word that ends a name. */
export const NAME = `(${SECRET_WORDS.join("|")}|(?:${KEY_WORDS.join("|")})[_-]?key)(?![A-Za-z])`;
const NAMES = new RegExp(NAME, "gi");
const OPTION = new RegExp(`^--[\\w.-]*?${NAME}$`, "i");
const MEMBER = new RegExp(`${NAME}$`, "i");
const MEMBERS = new RegExp(`${NAME}["']?\\s{0,8}:\\s{0,8}["']?([^"'\\s,}]+)`, "gi");

/** What a name may have before the word, which decides what it names. */
const NAME_CHARACTER = /[\w.-]/;
const LONGEST_BEFORE = 64;
const LONGEST_OPTION = 80;

/** Tokens that are no secrets: marks of pages, of texts, of forms. */
const HARMLESS =
  /(?:page|next|prev|continuation|sync|cursor|csrf|xsrf|max|min|num|eos|bos|pad|stop|start|end)[_-]?$/i;

const SEPARATOR = /(\\{0,3}["'])?( {0,2}(?:=>|[:=]) {0,2}| )(\\{0,3}["'`])?/y;
const QUOTED = /[^\s"'`\\]+/y;
/** Ends where the next assignment can begin, so that no character is read for two names. */
const BARE = /[^\s"'`\\<>&;,|(){}[\]=]+={0,2}/y;

/**
 * How much the place of a value says: an option and a member of an object have one, a quoted text may be one, in prose
 * all is possible.
 */
type Place = "option" | "member" | "quoted" | "bare";

/** Values given to names of secrets: --token=..., PASSWORD=..., "api_key": "..." */
export function namedSecrets(text: string): readonly Secret[] {
  const found: Secret[] = [];
  for (const { 0: word, index } of text.matchAll(NAMES)) {
    const secret = valueAfter(text, index, word);
    if (secret !== undefined) found.push(secret);
  }
  return found;
}

/** Whether an argument is an option whose value, the next argument, is a secret. */
export function isSecretOption(argument: string, value: string): boolean {
  const word = argument.length > LONGEST_OPTION ? undefined : OPTION.exec(argument)?.[1];
  if (word === undefined) return false;
  const before = argument.slice(0, argument.length - word.length);
  return isSecretValue(value, word, before, "option");
}

/** The value of a member whose name is that of a secret, as one secret; none where it stands for no value. */
export function secretMember(name: string, value: string): readonly Secret[] {
  const word = name.length > LONGEST_OPTION ? undefined : MEMBER.exec(name)?.[1];
  if (word === undefined) return [];
  const before = name.slice(0, name.length - word.length);
  return isSecretValue(value, word, before, "member")
    ? [{ start: 0, end: value.length, kind: kindOf(word) }]
    : [];
}

/** The values of members that are named as secrets, in a text that is meant to be JSON and need not be. */
export function memberValues(text: string): readonly Secret[] {
  return Array.from(text.matchAll(MEMBERS), ({ 0: { length }, 1: word = "", 2: value = "", index }) => ({
    start: index + length - value.length,
    end: index + length,
    kind: kindOf(word),
  }));
}

/** In words what an option or a variable with this name holds. */
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

/** The part of a name before its word. */
function nameBefore(text: string, end: number): string {
  const first = Math.max(0, end - LONGEST_BEFORE);
  let start = end;
  while (start > first && NAME_CHARACTER.test(text[start - 1] ?? "")) start--;
  return text.slice(start, end);
}

/** Undefined where what follows a name is not its value. */
function placeOf(separator: RegExpExecArray, before: string): Place | undefined {
  const [, quote, sign = "", opening] = separator;
  const isOption = before.startsWith("--");
  if (sign === "=") return before.startsWith("-") ? "option" : opening === undefined ? "bare" : "quoted";
  if (sign === " ") return isOption && quote === undefined ? "bare" : undefined;
  return opening === undefined ? undefined : "quoted";
}

function valueAt(text: string, start: number, isQuoted: boolean): string | undefined {
  const pattern = isQuoted ? QUOTED : BARE;
  pattern.lastIndex = start;
  const value = pattern.exec(text)?.[0];
  if (value === undefined || isQuoted) return value;
  const next = text[start + value.length];
  return next === "(" || next === "[" ? undefined : withoutStops(value);
}

/** A loop: an expression for the end of a text would try it at every stop in it. */
function withoutStops(value: string): string {
  let end = value.length;
  while (end > 0 && ".:?".includes(value[end - 1] ?? " ")) end--;
  return value.slice(0, end);
}

const SHORTEST_GIVEN = 4;
const SHORTEST_PASSWORD = 6;
const SHORTEST_KEY = 8;
/** So many letters of one case in a row are no word. */
const LONGEST_WORD = 16;

function isSecretValue(value: string, word: string, before: string, place: Place): boolean {
  if (HARMLESS.test(before) || isPlaceholderSecret(value) || isReference(value)) return false;
  if (place === "member") return isSecretOfMember(value, kindOf(word));
  const kind = kindOf(word);
  if (kind === "a password") {
    if (place === "option") return value.length >= SHORTEST_GIVEN;
    return value.length >= SHORTEST_PASSWORD && /[A-Za-z]/.test(value) && /[\d!@#$%^&*+~?]/.test(value);
  }
  // --secret mostly gives the name of one that is kept elsewhere.
  if (place !== "option" || (kind === "a secret" && /^-*$/.test(before))) return looksRandom(value);
  return value.length >= SHORTEST_GIVEN && /[A-Za-z]/.test(value) && (kind === "a token" || /\d/.test(value));
}

/** A password may be any word; a token, a key or another secret is one that nobody would say. */
function isSecretOfMember(value: string, kind: string): boolean {
  if (kind === "a password") return value.length >= SHORTEST_GIVEN && value.trim() !== "";
  if (value.length < SHORTEST_KEY || /\s/.test(value)) return false;
  return value.length >= LONGEST_WORD || !/^(?:[A-Z]?[a-z]+|[A-Z]+|\d+)$/.test(value);
}
