import { isPlaceholderSecret, isReference, looksRandom } from "./placeholders.js";
import type { Secret } from "./secret.js";

/** The authority of a URL up to its last @ (RFC 3986, 3.2.1); the @ before an image's digest does not count. */
const USER_INFO = /(?<=[A-Za-z0-9]:\/\/)([^\s/?#"'<>`\\]*)@(?!sha\d+:)/g;

/** Passwords that only mean that the user name is a token. */
const BESIDE_A_TOKEN: ReadonlySet<string> = new Set(["", "x-oauth-basic", "x-token-auth"]);

const SHORTEST_PASSWORD = 4;

/** Passwords in URLs, and tokens in the place of a user name. */
export function urlCredentials(text: string): readonly Secret[] {
  const found: Secret[] = [];
  for (const { 1: info = "", index } of text.matchAll(USER_INFO)) {
    const colon = info.indexOf(":");
    const user = colon < 0 ? info : info.slice(0, colon);
    const password = colon < 0 ? "" : info.slice(colon + 1);
    if (BESIDE_A_TOKEN.has(password)) {
      if (isToken(user)) found.push({ start: index, end: index + user.length, kind: "a token in a URL" });
    } else if (isPassword(password, user)) {
      const start = index + colon + 1;
      found.push({ start, end: start + password.length, kind: "a password in a URL" });
    }
  }
  return found;
}

/** A port within a list of hosts: http://host:8080,alice@host */
const PORT = /^\d{1,5}[,;)\]}]/;

/** Developers use postgres:postgres@localhost everywhere, so it is not a secret. */
function isPassword(password: string, user: string): boolean {
  if (PORT.test(password)) return false;
  return password.length >= SHORTEST_PASSWORD && password !== user && !isPlaceholderSecret(password);
}

function isToken(user: string): boolean {
  return user.length >= 20 && !isPlaceholderSecret(user) && !isReference(user) && looksRandom(user);
}
