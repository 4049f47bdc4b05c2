import type { Secret } from "./secret.js";

/** The first line of every private key in PEM or PGP armour contains this. */
export const PRIVATE_KEY_SIGN = "PRIVATE KEY";

const BEGINNING = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
const ENDING = /-----END [A-Z0-9 ]{1,60}-----/y;

/** A line of a key has 64 characters or more; a truncated one may be shorter. */
const MATERIAL = /[A-Za-z0-9+/]{32}/;

/** Private keys with their armour. A key without its end extends to the end of the text. */
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

/** Base64 of "-----BEGIN ", the beginning of every encoded PEM file. */
export const ENCODED_SIGN = "LS0tLS1CRUdJTi";

const ENCODED = /(?<![A-Za-z0-9+])LS0tLS1CRUdJTi[A-Za-z0-9+/]{40}[A-Za-z0-9+/]*={0,2}/g;

/** Private keys in PEM armour encoded in base64 again, as Kubernetes stores them. */
export function encodedPrivateKeys(text: string): readonly Secret[] {
  const found: Secret[] = [];
  for (const { 0: encoded, index } of text.matchAll(ENCODED)) {
    const head = Buffer.from(encoded.slice(0, 64), "base64").toString("latin1");
    if (head.includes(PRIVATE_KEY_SIGN))
      found.push({ start: index, end: index + encoded.length, kind: "a private key" });
  }
  return found;
}

/** Largest number of lines in a key. */
const MOST_LINES = 400;

/** Private keys in an array of strings, one line per element; returns the secret for each index. */
export function privateKeyLines(list: readonly unknown[]): ReadonlyMap<number, Secret> {
  const found = new Map<number, Secret>();
  for (let first = 0; first < list.length; first++) {
    if (!isText(list[first], BEGINNING_LINE)) continue;
    const end = endOfKey(list, first);
    for (let line = first; line < end; line++)
      found.set(line, { start: 0, end: String(list[line]).length, kind: "a private key" });
    first = Math.max(first, end - 1);
  }
  return found;
}

const BEGINNING_LINE = /^\s*-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----\s*$/;
const KEY_LINE = /^\s*(?:[A-Za-z0-9+/=]{1,100}|[A-Za-z-]{1,30}: .{0,200}|)\s*$/;
const END_LINE = /^\s*-----END /;

/** The index after the last line of a key that begins at `first`; `first` if the key has no material. */
function endOfKey(list: readonly unknown[], first: number): number {
  let line = first + 1;
  while (line < list.length && line - first < MOST_LINES && isText(list[line], KEY_LINE)) line++;
  const hasMaterial = list.slice(first + 1, line).some((text) => MATERIAL.test(String(text)));
  if (!hasMaterial) return first;
  return isText(list[line], END_LINE) ? line + 1 : line;
}

function isText(value: unknown, pattern: RegExp): boolean {
  return typeof value === "string" && value.length <= 1000 && pattern.test(value);
}
