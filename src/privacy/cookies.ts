import { isPlaceholderSecret, isReference, looksRandom } from "./placeholders.js";
import type { Secret } from "./secret.js";

/** Names of session cookies, matched within longer names too. */
const SESSIONS = ["sessionid", "PHPSESSID", "JSESSIONID", "ASP.NET_SessionId", "connect.sid"] as const;

/** Words that precede cookies, or that name one. */
export const COOKIE_SIGNS = [
  ...SESSIONS,
  "cookie",
  "Cookie",
  "COOKIE",
  "set-cookie",
  "Set-Cookie",
  "SET-COOKIE",
];

const VALUE = "([^\\s;,\"'\\\\&<>]{10,4096})";
const FIELD = /(?<![A-Za-z0-9-])(?:set-)?cookie["'\\]{0,3} ?: ?["'\\]{0,3}([^"'\\\r\n]*)/gi;
const SESSION = new RegExp(`(?<![A-Za-z0-9])(?:${SESSIONS.join("|").replaceAll(".", "\\.")})=${VALUE}`, "gi");
const PAIR = new RegExp(`(?<=^|[;,] *)[\\w.-]{1,80}=${VALUE}`, "g");

/** Values of cookies (RFC 6265): in a header field, or of a known session cookie. */
export function cookies(text: string): readonly Secret[] {
  const found = valuesOf(text.matchAll(SESSION), 0);
  for (const { 0: field, 1: pairs = "", index } of text.matchAll(FIELD))
    found.push(...valuesOf(pairs.matchAll(PAIR), index + field.length - pairs.length));
  return found;
}

/** The cookies in the value of a member with the header field's name. */
export function cookieMember(name: string, value: string): readonly Secret[] {
  return /^(?:set-)?cookies?$/i.test(name) ? valuesOf(value.matchAll(PAIR), 0) : [];
}

function valuesOf(matches: Iterable<RegExpExecArray>, offset: number): Secret[] {
  const found: Secret[] = [];
  for (const { 0: pair, 1: value = "", index } of matches) {
    if (isPlaceholderSecret(value) || isReference(value) || !looksRandom(value)) continue;
    const end = offset + index + pair.length;
    found.push({ start: end - value.length, end, kind: "a cookie" });
  }
  return found;
}
