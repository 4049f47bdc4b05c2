import { scalarsOf } from "../../json/json-scan.js";
import type { Discretion } from "../../model/discretion.js";
import type { LogRecord } from "../../model/subject.js";
import { lengthMask } from "../../privacy/discretion.js";
import { secretMask } from "../../privacy/mask.js";
import { memberValues } from "../../privacy/named-secrets.js";
import { mayHoldSecrets, type Secret, secretsIn } from "../../privacy/secrets.js";
import type { Hidden, Hiding } from "./place.js";
import { type SecretScalar, secretScalars } from "./secret-scalars.js";

const NONE: readonly Hidden[] = [];

/**
 * Hides the secrets of a record, member names included.
 *
 * If a secret is spelled with escapes, the whole string is hidden.
 */
export function hidingSecrets(): Hiding {
  return remembered((record) => {
    if ("malformed" in record) return secretsAround(record.text, record.offset);
    if (record.document !== undefined) return secretsInText(record.text);
    if (!mayHoldSecrets(record.text, record.signs)) return NONE;
    return [...secretScalars(record.text, record.value, record.signs)].flatMap(hiddenIn);
  });
}

/** Hides every value of a record, and the member names that must not be shown. */
export function hidingValues({ name: shownName }: Pick<Discretion, "name">): Hiding {
  return remembered((record) => {
    const { text } = record;
    if ("malformed" in record)
      return text === "" ? NONE : [{ start: 0, end: text.length, shown: lengthMask(text.length) }];
    if (record.document !== undefined) return wordsIn(text);
    return scalarsOf(text).flatMap(({ start, end, isName }) => {
      const spelled = text.slice(start, end);
      if (!isName) return [{ start, end, shown: maskOf(spelled) }];
      const name = JSON.parse(spelled) as string;
      const shown = shownName(name);
      return shown === name ? NONE : [{ start, end, shown: `"${shown}"` }];
    });
  });
}

function maskOf(spelled: string): string {
  if (!spelled.startsWith('"')) return /^[tfn]/.test(spelled) ? "[literal]" : "[number]";
  return `"${lengthMask((JSON.parse(spelled) as string).length)}"`;
}

function hiddenIn({ start, end, spelled, secrets }: SecretScalar): readonly Hidden[] {
  if (secrets.length === 0) return NONE;
  if (!spelled.startsWith('"')) return [{ start, end, shown: secretMask(spelled.length) }];
  if (spelled.includes("\\")) return [{ start: start + 1, end: end - 1, shown: secretMask(end - start - 2) }];
  return secrets.map((secret) => ({
    start: start + 1 + secret.start,
    end: start + 1 + secret.end,
    shown: secretMask(secret.end - secret.start),
  }));
}

/** The secrets of a document in any format. */
function secretsInText(text: string): readonly Hidden[] {
  return inOrder([...secretsIn(text), ...memberValues(text)]).map(({ start, end }) => ({
    start,
    end,
    shown: secretMask(end - start),
  }));
}

/** Secrets in the order of the text; of overlapping ones, only the first. */
function inOrder(secrets: readonly Secret[]): readonly Secret[] {
  const sorted = [...secrets].sort((a, b) => a.start - b.start || b.end - a.end);
  let last = 0;
  return sorted.filter(({ start, end }) => {
    if (start < last) return false;
    last = end;
    return true;
  });
}

/** Every line of a document: values and words of a page look alike. */
function wordsIn(text: string): readonly Hidden[] {
  return Array.from(text.matchAll(/\S.*/g), ({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
    shown: lengthMask(length),
  }));
}

/** How far around a fault an excerpt, or a secret that reaches into it, can extend. */
const AROUND = 16_384;

/** The secrets in invalid JSON near the place to be shown, and a possible half of a secret. */
function secretsAround(text: string, offset: number): readonly Hidden[] {
  return secretsInBroken(text, Math.max(0, offset - AROUND), offset + AROUND);
}

/** The secrets in a stretch of invalid JSON, and at the end of the text a possible half of a secret. */
export function secretsInBroken(text: string, from = 0, to = text.length): readonly Hidden[] {
  const hidden = secretsInText(text.slice(from, to)).map(({ start, end, shown }) => ({
    start: from + start,
    end: from + end,
    shown,
  }));
  const start = startOfLastRun(text);
  const isHalf = text.length - start >= HALF && !hidden.some(({ end }) => end > start);
  return isHalf
    ? [...hidden, { start, end: text.length, shown: `[cut off, ${text.length - start} characters]` }]
    : hidden;
}

/** This many token characters at the end of a truncated line may be half of a secret. */
const HALF = 16;

/** The start of the token characters at the end of a text. */
function startOfLastRun(text: string): number {
  let start = text.length;
  while (start > 0 && /[\w+/=.~%-]/.test(text[start - 1] ?? "")) start--;
  return start;
}

/** Every finding of a record asks about the same record. */
function remembered(hiding: Hiding): Hiding {
  const known = new WeakMap<LogRecord, readonly Hidden[]>();
  return (record) => {
    const hidden = known.get(record) ?? hiding(record);
    known.set(record, hidden);
    return hidden;
  };
}
