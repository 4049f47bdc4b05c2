import { ANY_SIGN, SIGN } from "../model/signs.js";
import { AUTH_SIGN, HEADERS, SCHEMES } from "./authorization.js";
import { COMMAND_SIGNS } from "./command-passwords.js";
import { COOKIE_SIGNS } from "./cookies.js";
import { JSON_WEB_TOKEN_SIGN } from "./json-web-tokens.js";
import { NAME } from "./named-secrets.js";
import { ENCODED_SIGN, PRIVATE_KEY_SIGN } from "./private-keys.js";
import { SECRETLINT_PREFIXES } from "./secretlint.js";
import { TELEGRAM_SIGN, TOKEN_PREFIXES } from "./token-formats.js";

/** The beginning of a secret, or the text right before it, at the start of a word. */
const ALL_BEGINNINGS = [
  ...TOKEN_PREFIXES,
  ...SECRETLINT_PREFIXES,
  ...SCHEMES,
  ...HEADERS.flatMap(spellings),
  ...COOKIE_SIGNS,
  ...COMMAND_SIGNS,
  AUTH_SIGN,
  TELEGRAM_SIGN,
  PRIVATE_KEY_SIGN,
  ENCODED_SIGN,
  JSON_WEB_TOKEN_SIGN,
];

/** Cut before a slash, which JSON may escape with a backslash. */
const WRITTEN_PLAINLY = ALL_BEGINNINGS.map((text) => text.replace(/\/.*/, ""));

/** Sorted, without those that begin with another one. Each begins with a letter or an underscore. */
export const BEGINNINGS = shortest(WRITTEN_PLAINLY);

// Without groups, V8 merges common beginnings.
const BEGINNING = BEGINNINGS.map((text) => text.replace(/[^\w-]/g, "\\$&")).join("|");

/** Characters that may precede a word, besides those beyond ASCII: all except letters, digits and the backslash. */
export const BEFORE_WORD = " !\"#$%&'()*+,-./:;<=>?@[]^_`{|}~\u007f";

const BEGUN = new RegExp(`[^A-Za-z0-9\\\\](?:${BEGINNING})`);

/** The same after an escape in JSON. The escape may stand for a line break but ends like a word. */
const BEGUN_AFTER_ESCAPE = new RegExp(`\\\\(?:[bfnrt\\\\]|u[0-9A-Fa-f]{4})(?:${BEGINNING})`);

/** A character of a web address as its code, or a colour of a terminal. */
const CODE = /%(?:25)*[0-9A-Fa-f]{2}|\[[0-9;]*m/;
/** The same after such a code. */
const BEGUN_AFTER_CODE = new RegExp(`(?:${CODE.source})(?:${BEGINNING})`);

/** The same after any code for a terminal. */
const BEGUN_IN_TERMINAL = new RegExp(`\\\\u001[bB](?:\\[[0-?]*[ -/]*[@-~]|[()][A-Z0-9])(?:${BEGINNING})`);

const NAMED = new RegExp(`${NAME}|(?<![a-z])auth\\\\*"`, "i");
/** Members named like secrets, or like credentials in base64. */
const NAMED_MEMBER = new RegExp(`(?:${NAME}|"_?auth)"\\s{0,8}:`, "i");
/** A member that gets its name from another one. */
const NAMED_APART = /"value"\s{0,8}:/i;
const WITH_USER_INFO = /:\\?\/\\?\/[^/@"]*@/;

/** An ASCII character as \u00XX: any sign may be spelled this way. */
const ESCAPED = /\\u00[2-7]/;
/** Any escape; of an ASCII character, its code. */
const ESCAPE = /\\(?:u00([2-7][0-9A-Fa-f])|.)/g;

/**
 * True if the JSON text of an event may contain a secret.
 *
 * @param signs bits of SIGN that may be in the text
 */
export function hasSign(json: string, signs: number = ANY_SIGN): boolean {
  if ((signs & SIGN.backslash) === 0 || !ESCAPED.test(json)) return hasPlainSign(json, signs);
  const plain = unescaped(json);
  // Escapes that are left stand in a text inside a text.
  return ESCAPED.test(plain) || hasPlainSign(plain, ANY_SIGN);
}

/** The JSON text with its ASCII characters as JSON.stringify writes them. */
function unescaped(json: string): string {
  return json.replace(ESCAPE, (spelled, code: string | undefined) => {
    if (code === undefined) return spelled;
    const character = String.fromCharCode(Number.parseInt(code, 16));
    return character === '"' || character === "\\" ? `\\${character}` : character;
  });
}

/**
 * The same for a text in which no ASCII character is written as its code. Short questions go before long expressions:
 * in a small run, compiling one takes longer than all texts.
 */
function hasPlainSign(json: string, signs: number): boolean {
  if (
    (signs & SIGN.beginning) !== 0 &&
    (BEGUN.test(json) || (CODE.test(json) && BEGUN_AFTER_CODE.test(json)))
  )
    return true;
  const hasEscape = (signs & SIGN.backslash) !== 0 && json.includes("\\");
  if (hasEscape && (BEGUN_AFTER_ESCAPE.test(json) || BEGUN_IN_TERMINAL.test(json))) return true;
  if ((signs & SIGN.atSign) !== 0 && json.includes("@") && WITH_USER_INFO.test(json)) return true;
  if ((signs & SIGN.named) !== 0 && json.includes(":") && (NAMED_MEMBER.test(json) || isNamedApart(json)))
    return true;
  return (hasEscape || isAssigning(json, signs)) && NAMED.test(json);
}

function isNamedApart(json: string): boolean {
  return NAMED_APART.test(json) && NAMED.test(json);
}

function isAssigning(json: string, signs: number): boolean {
  if ((signs & SIGN.assignment) === 0) return false;
  return json.includes("=") || json.includes("'") || json.includes("--") || json.includes("%");
}

/** Of texts that begin alike, the first when sorted is the beginning of all. */
function shortest(texts: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const text of [...texts].sort()) {
    const last = kept.at(-1);
    if (last === undefined || !text.startsWith(last)) kept.push(text);
  }
  return kept;
}

/** x-api-key, X-Api-Key, X-API-KEY */
function spellings(header: string): readonly string[] {
  return [header, header.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()), header.toUpperCase()];
}
