import { secretsInBroken } from "../input/record/hidden.js";
import { scalarsOf } from "../json/json-scan.js";
import { isJsonObject } from "../model/subject.js";
import { lengthMask } from "../privacy/discretion.js";
import { secretMask } from "../privacy/mask.js";
import { holdsEmailAddress, isPersonName } from "../privacy/personal-data.js";
import { type Secret, secretsIn } from "../privacy/secrets.js";
import { secretsInValue } from "../privacy/secrets-in-value.js";
import type { Piece } from "./piece.js";

/** What takes the place of a text that must not leave the machine. */
export interface Cover {
  secret(secret: string): string;
  /** The name of a person. */
  name(name: string): string;
  /** A word that holds an e-mail address. */
  address(word: string): string;
}

/** The masks of reports. */
export const MASKS: Cover = {
  secret: ({ length }) => secretMask(length),
  name: ({ length }) => lengthMask(length),
  address: ({ length }) => lengthMask(length),
};

/** A piece in which secrets and personal data are covered. Covered a second time, it stays as it is. */
export function hidden(piece: Piece, cover: Cover): Piece {
  const { text } = piece;
  const value = parsed(text);
  return { ...piece, text: isJsonObject(value) ? hiddenRecord(text, value, cover) : hiddenText(text, cover) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Every other character of the record stays as it is, so that oddities of its spelling do. */
function hiddenRecord(text: string, value: object, cover: Cover): string {
  const known = new Map([...secretsInValue(value)].map((found) => [found.pointer, found]));
  let [result, at] = ["", 0];
  for (const { start, end, pointer, isName } of scalarsOf(text)) {
    const spelled = text.slice(start, end);
    const plain = spelled.startsWith('"') ? (JSON.parse(spelled) as string) : spelled;
    const own = pointer === undefined || isName ? undefined : known.get(pointer);
    const secrets = own !== undefined && own.text === plain ? own.secrets : secretsIn(plain);
    const isOfPerson = pointer?.endsWith("/author_name") === true && isPersonName(plain);
    const shown = isOfPerson ? cover.name(plain) : hiddenWords(plain, secrets, cover);
    if (shown === plain) continue;
    result += text.slice(at, start) + JSON.stringify(shown);
    at = end;
  }
  return result + text.slice(at);
}

/** In UTF-16, whose bytes have zeros between them, no secret can be seen: nothing but signs stays. */
const BEYOND_SIGNS = /[^\0\s"{}:,[\]ÿþ]/g;

function hiddenText(text: string, cover: Cover): string {
  if (text.includes("\0")) return text.replaceAll(BEYOND_SIGNS, "x");
  return hiddenWords(text, secretsInBroken(text), cover);
}

function hiddenWords(text: string, secrets: readonly Pick<Secret, "start" | "end">[], cover: Cover): string {
  let [result, at] = ["", 0];
  for (const { start, end } of secrets) {
    result += withoutAddresses(text.slice(at, start), cover) + cover.secret(text.slice(start, end));
    at = end;
  }
  return result + withoutAddresses(text.slice(at), cover);
}

const BETWEEN_WORDS = /([\s"'<>(),;[\]{}]+)/;

function withoutAddresses(text: string, cover: Cover): string {
  if (!text.includes("@") || !holdsEmailAddress(text)) return text;
  const words = text.split(BETWEEN_WORDS);
  const shown = words.map((word) => (holdsEmailAddress(word) ? cover.address(word) : word)).join("");
  return shown === text ? cover.address(text) : shown;
}
