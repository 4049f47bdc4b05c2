import { isPlaceholderSecret, isReference, looksRandom } from "./placeholders.js";
import type { Secret } from "./secret.js";

/** Schemes that precede HTTP credentials. */
export const SCHEMES = ["Bearer ", "BEARER ", "Basic "] as const;

/** Header fields whose value is a secret. */
export const HEADERS = [
  "authorization",
  "proxy-authorization",
  "private-token",
  "api-key",
  "x-api-key",
  "x-auth-token",
  "x-access-token",
  "x-auth-key",
  "x-vault-token",
  "x-goog-api-key",
  "x-functions-key",
  "x-amz-security-token",
  "x-shopify-access-token",
  "x-figma-token",
  "ocp-apim-subscription-key",
  "fastly-key",
  "dd-api-key",
  "dd-application-key",
  "circle-token",
] as const;

const FIELD = `(?:${HEADERS.join("|")})["'\\\\]{0,3} ?: ?["'\\\\]{0,3}(?:[A-Za-z]{1,20} +)?`;
const CREDENTIALS = new RegExp(
  `(?<![\\w-])(?:${FIELD}|(?:Bearer|Basic) +)([\\w.~+/:-]{8}[\\w.~+/:-]*={0,2})`,
  "gi",
);

/** Settings of npm and Docker that contain base64 of a user name and a password. */
export const AUTH_SIGN = "_auth";
const AUTH =
  /(?<![A-Za-z0-9])_?auth(?:["'\\]{1,4} ?: ?["'\\]{1,4}| ?= ?["']?)([A-Za-z0-9+/]{8}[A-Za-z0-9+/]*={0,2})/g;

/** The value of a member named auth, if it is base64 of a user name and a password. */
export function authMember(name: string, value: string): readonly Secret[] {
  return /^_?auth$/i.test(name) && isUserAndPassword(value)
    ? [{ start: 0, end: value.length, kind: "credentials of HTTP" }]
    : [];
}

/** HTTP credentials (RFC 9110, 11.6.2): in a header field, after Bearer or Basic alone, or in a setting. */
export function authorizations(text: string): readonly Secret[] {
  const found: Secret[] = [];
  for (const { 0: match, 1: value = "", index } of text.matchAll(AUTH)) {
    const end = index + match.length;
    if (isUserAndPassword(value)) found.push({ start: end - value.length, end, kind: "credentials of HTTP" });
  }
  for (const { 0: match, 1: value = "", index } of text.matchAll(CREDENTIALS)) {
    if (!isCredential(value)) continue;
    const end = index + match.length;
    found.push({ start: end - value.length, end, kind: "credentials of HTTP" });
  }
  return found;
}

function isCredential(value: string): boolean {
  if (isPlaceholderSecret(value) || isReference(value)) return false;
  return looksRandom(value) || isUserAndPassword(value);
}

/** True for base64 of a user name, a colon and a password, as in the scheme Basic (RFC 7617). */
function isUserAndPassword(value: string): boolean {
  const text = Buffer.from(value.slice(0, 1024), "base64").toString("latin1");
  if (!/^[\x20-\x7e]*$/.test(text)) return false;
  const colon = text.indexOf(":");
  return colon > 0 && colon < text.length - 1 && !isPlaceholderSecret(text.slice(colon + 1));
}
