import type { Secret } from "./secret.js";

/** Every private key in PEM or PGP armour has this in its first line. */
export const PRIVATE_KEY_SIGN = "PRIVATE KEY";

const BEGINNING = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
const ENDING = /-----END [A-Z0-9 ]{1,60}-----/y;

/** A line of a key is 64 characters or more; the one that is cut off may be shorter. */
const MATERIAL = /[A-Za-z0-9+/]{32}/;

/** Private keys with their armour; one whose end is cut off goes to the end of the text. */
export function privateKeys(text: string): readonly Secret[] {
  const found: Secret[] = [];
  for (const { 0: beginning, index } of text.matchAll(BEGINNING)) {
    const body = index + beginning.length;
    const dashes = text.indexOf("-----", body);
    const bodyEnd = dashes < 0 ? text.length : dashes;
    if (!MATERIAL.test(text.slice(body, bodyEnd))) continue;
    ENDING.lastIndex = bodyEnd;
    const end = ENDING.test(text) ? ENDING.lastIndex : bodyEnd;
    found.push({ start: index, end, kind: "a private key" });
  }
  return found;
}
