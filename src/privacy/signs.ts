import { ANY_SIGN, SIGN } from "../model/signs.js";
import { AUTH_SIGN, HEADERS, SCHEMES } from "./authorization.js";
import { COMMAND_SIGNS } from "./command-passwords.js";
import { COOKIE_SIGNS } from "./cookies.js";
import { JSON_WEB_TOKEN_SIGN } from "./json-web-tokens.js";
import { NAME } from "./named-secrets.js";
import { ENCODED_SIGN, PRIVATE_KEY_SIGN } from "./private-keys.js";
import { SECRETLINT_PREFIXES } from "./secretlint.js";
import { TELEGRAM_SIGN, TOKEN_PREFIXES } from "./token-formats.js";

/** What a secret begins with, or what stands right before it, where a word begins. */
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

/** Up to a slash, which JSON may write with a backslash before it. */
const WRITTEN_PLAINLY = ALL_BEGINNINGS.map((text) => text.replace(/\/.*/, ""));

/** Sorted, none beginning with another; every one begins with a letter or an underscore. */
export const BEGINNINGS: readonly string[] = [...new Set(WRITTEN_PLAINLY)]
  .filter((text) => !WRITTEN_PLAINLY.some((other) => other !== text && text.startsWith(other)))
  .sort();

// No groups in it: what several of them have in common V8 then reads once.
const BEGINNING = BEGINNINGS.map((text) => text.replace(/[^\w-]/g, "\\$&")).join("|");

/** What may stand before a word, besides characters beyond Latin-1. */
export const BEFORE_WORD = " \"'`=:/([{<>,;@|.-_&?";

const BEGUN = new RegExp(`[${BEFORE_WORD.replace("-", "\\-")}\\u0100-\\uffff](?:${BEGINNING})`);

/** The same after a line break or a letter that JSON writes with an escape, which ends like a word. */
const BEGUN_AFTER_ESCAPE = new RegExp(`\\\\(?:[bfnrt\\\\]|u[0-9A-Fa-f]{4})(?:${BEGINNING})`);

const NAMED = new RegExp(`${NAME}|(?<![a-z])auth\\\\*"`, "i");
/** Members that are named as secrets, or as credentials in base64. */
const NAMED_MEMBER = new RegExp(`(?:${NAME}|"_?auth)"\\s{0,8}:`, "i");
/** A member whose name another one gives. */
const NAMED_APART = /"value"\s{0,8}:/i;
const WITH_USER_INFO = /:\\?\/\\?\/[^/@"]*@/;

/** A character of ASCII as \u00XX: any sign may be written so. */
const ESCAPED = /\\u00[2-7]/;

/**
 * Whether the JSON text of an event may hold a secret.
 *
 * @param signs bits of SIGN: what may be in the text
 */
export function hasSign(json: string, signs: number = ANY_SIGN): boolean {
  if ((signs & SIGN.beginning) !== 0 && BEGUN.test(json)) return true;
  const hasEscape = (signs & SIGN.backslash) !== 0 && json.includes("\\");
  if (hasEscape && (ESCAPED.test(json) || BEGUN_AFTER_ESCAPE.test(json))) return true;
  if ((signs & SIGN.atSign) !== 0 && json.includes("@") && WITH_USER_INFO.test(json)) return true;
  if ((signs & SIGN.named) !== 0 && (NAMED_MEMBER.test(json) || isNamedApart(json))) return true;
  return (hasEscape || isAssigning(json, signs)) && NAMED.test(json);
}

function isNamedApart(json: string): boolean {
  return NAMED_APART.test(json) && NAMED.test(json);
}

function isAssigning(json: string, signs: number): boolean {
  if ((signs & SIGN.assignment) === 0) return false;
  return json.includes("=") || json.includes("'") || json.includes("--");
}

/** x-api-key, X-Api-Key, X-API-KEY */
function spellings(header: string): readonly string[] {
  return [header, header.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()), header.toUpperCase()];
}
