import { HEADERS, SCHEMES } from "./authorization.js";
import { JSON_WEB_TOKEN_SIGN } from "./json-web-tokens.js";
import { NAME } from "./named-secrets.js";
import { PRIVATE_KEY_SIGN } from "./private-keys.js";
import { SECRETLINT_PREFIXES } from "./secretlint.js";
import { TOKEN_PREFIXES } from "./token-formats.js";

/** What a secret begins with, or what stands right before it, where a word begins. */
const BEGINNINGS = [
  ...TOKEN_PREFIXES,
  ...SECRETLINT_PREFIXES,
  ...SCHEMES,
  ...HEADERS.flatMap(spellings),
  PRIVATE_KEY_SIGN,
  JSON_WEB_TOKEN_SIGN,
];

/** Up to a slash, which JSON may write with a backslash before it. */
const WRITTEN_PLAINLY = BEGINNINGS.map((text) => text.replace(/\/.*/, ""));

// Sorted, none beginning with another and no groups in them: what several have in common V8 then reads once.
const BEGINNING = [...new Set(WRITTEN_PLAINLY)]
  .filter((text) => !WRITTEN_PLAINLY.some((other) => other !== text && text.startsWith(other)))
  .sort()
  .map((text) => text.replace(/[^\w-]/g, "\\$&"))
  .join("|");

/**
 * What may stand before a word. Of a text in Latin-1 these are sixteen characters: V8 passes quickly to the
 * next of so many, but not of more.
 */
const BEFORE_WORD = "[ \"'`=:/([{<>,;@|\\u0100-\\uffff]";

const BEGUN = new RegExp(`${BEFORE_WORD}(?:${BEGINNING})`);

/** The same after a line break or a letter that JSON writes with an escape, which ends like a word. */
const BEGUN_AFTER_ESCAPE = new RegExp(`\\\\(?:[bfnrt]|u[0-9A-Fa-f]{4})(?:${BEGINNING})`);

const NAMED = new RegExp(NAME, "i");
const WITH_USER_INFO = /:\\?\/\\?\/[^/@"]*@/;

/** A character of ASCII as \u00XX: any sign may be written so. */
const ESCAPED = /\\u00[2-7]/;

/**
 * Whether the JSON text of an event may hold a secret. An ordinary text goes through one expression and five
 * searches that run at the speed of memory; the others are tried where one of these finds something.
 */
export function hasSign(json: string): boolean {
  if (BEGUN.test(json)) return true;
  const hasEscape = json.includes("\\");
  if (hasEscape && (ESCAPED.test(json) || BEGUN_AFTER_ESCAPE.test(json))) return true;
  if (json.includes("@") && WITH_USER_INFO.test(json)) return true;
  return (hasEscape || json.includes("=") || json.includes("'") || json.includes("--")) && NAMED.test(json);
}

/** x-api-key, X-Api-Key, X-API-KEY */
function spellings(header: string): readonly string[] {
  return [header, header.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()), header.toUpperCase()];
}
