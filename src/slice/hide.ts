import { secretsInBroken } from "../input/record/hidden.js";
import { secretScalars } from "../input/record/secret-scalars.js";
import { safeSpelling } from "../model/printable.js";
import { isJsonObject } from "../model/subject.js";
import { lengthMask } from "../privacy/discretion.js";
import { secretMask } from "../privacy/mask.js";
import { holdsEmailAddress, isPersonName } from "../privacy/personal-data.js";
import type { Secret } from "../privacy/secrets.js";
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

/** Texts that need no mask stay unchanged, except characters that a terminal or a CI service would act on. */
function hiddenRecord(text: string, value: object, cover: Cover): string {
  let [result, at] = ["", 0];
  for (const { start, end, member, spelled, plain, secrets } of secretScalars(text, value)) {
    const shown = isNameOfPerson(member, plain) ? cover.name(plain) : hiddenWords(plain, secrets, cover);
    result += text.slice(at, start) + safeSpelling(shown === plain ? spelled : JSON.stringify(shown));
    at = end;
  }
  return result + text.slice(at);
}

/** One letter names nobody. */
function isNameOfPerson(member: string | undefined, text: string): boolean {
  return member === "author_name" && text.length > 1 && isPersonName(text);
}

const NUL = /\0/g;
const BEYOND_SIGNS = /[^\0\s"{}:,[\]ÿþ]/g;

/** Zeros between its characters, as UTF-16 has them, hide a text from every search: then nothing but signs stays. */
function hiddenText(text: string, cover: Cover): string {
  const plain = text.replaceAll(NUL, "");
  const shown = hiddenWords(plain, secretsInBroken(plain), cover);
  if (plain === text) return shown;
  return shown === plain ? text : text.replaceAll(BEYOND_SIGNS, "x");
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
