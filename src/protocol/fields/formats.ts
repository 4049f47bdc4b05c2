import { instantOf } from "./instant.js";

const DASH = 0x2d;
const LENGTH = 36;
const URN = "urn:uuid:";

/** Kinds of texts, one bit each. */
const UUID = 1;
const VERSION_4 = 2;
const IS_URN = 4;

/** For each character code: NO_DIGIT unless it is a hexadecimal digit. */
const NO_DIGIT = 1;
const DIGITS = new Uint8Array(1 << 16).fill(NO_DIGIT);
for (const digit of "0123456789abcdefABCDEF") DIGITS[digit.charCodeAt(0)] = 0;

/** The last texts and their kinds, because schemas, invariants and rules ask for the same few ids in turn. */
let [first, second, third, fourth] = ["", "", "", ""];
let [firstKind, secondKind, thirdKind, fourthKind] = [0, 0, 0, 0];

function kindOf(text: string): number {
  if (text.length !== LENGTH && text.length !== URN.length + LENGTH) return 0;
  if (text === first) return firstKind;
  if (text === second) return secondKind;
  if (text === third) return thirdKind;
  if (text === fourth) return fourthKind;
  [fourth, third, second, first] = [third, second, first, text];
  [fourthKind, thirdKind, secondKind, firstKind] = [thirdKind, secondKind, firstKind, examined(text)];
  return firstKind;
}

function examined(text: string): number {
  if (text.length === LENGTH) return examinedAt(text, 0);
  const isUrn = text.slice(0, URN.length).toLowerCase() === URN;
  const kind = isUrn ? examinedAt(text, URN.length) : 0;
  return kind === 0 ? 0 : UUID | IS_URN;
}

/** The kind of the 36 characters from `start`. */
function examinedAt(text: string, start: number): number {
  const at = (place: number): number => text.charCodeAt(start + place);
  if (at(8) !== DASH || at(13) !== DASH || at(18) !== DASH || at(23) !== DASH) return 0;
  let faults = 0;
  for (let place = 0; place < 8; place++) faults |= DIGITS[at(place)] ?? NO_DIGIT;
  for (let place = 9; place < 13; place++) faults |= DIGITS[at(place)] ?? NO_DIGIT;
  for (let place = 14; place < 18; place++) faults |= DIGITS[at(place)] ?? NO_DIGIT;
  for (let place = 19; place < 23; place++) faults |= DIGITS[at(place)] ?? NO_DIGIT;
  for (let place = 24; place < LENGTH; place++) faults |= DIGITS[at(place)] ?? NO_DIGIT;
  if (faults !== 0) return 0;
  const variant = at(19) | 0x20;
  const isVersion4 =
    at(14) === 0x34 && (variant === 0x38 || variant === 0x39 || variant === 0x61 || variant === 0x62);
  return UUID | (isVersion4 ? VERSION_4 : 0);
}

/** JSON Schema format "uuid": any version, any case, with or without "urn:uuid:". */
export function isUuid(text: string): boolean {
  return kindOf(text) !== 0;
}

/** A UUID of version 4 and the RFC 9562 variant, in its plain 36-character form (PS 4.1). */
export function isUuidV4(text: string): boolean {
  return (kindOf(text) & (VERSION_4 | IS_URN)) === VERSION_4;
}

/** An id in the form used for comparison: the case of UUIDs does not matter. */
export function foldedId(id: string): string {
  if (id.length !== LENGTH && id.length !== URN.length + LENGTH) return id;
  const folded = id.toLowerCase();
  return folded === id || !isUuid(id) ? id : folded;
}

/**
 * RFC 3339 date-time (PS 4.1 "ISO 8601", spec-conflict X-7): a real calendar date, T or t, any fraction, a zone (Z, z
 * or +hh:mm). Second 60 is valid only at 23:59 UTC.
 */
export function isDateTime(text: string): boolean {
  return instantOf(text) !== undefined;
}
