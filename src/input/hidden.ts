import type { LogRecord } from "../model/subject.js";
import { secretMask } from "../privacy/mask.js";
import { mayHoldSecrets, type Secret, secretsIn } from "../privacy/secrets.js";
import { secretsInValue } from "../privacy/secrets-in-value.js";
import { type Scalar, scalarsOf } from "./json-scan.js";
import type { Hidden, Hiding } from "./place.js";

const NONE: readonly Hidden[] = [];

/**
 * Hides the secrets of a record, member names included.
 *
 * Where a secret is spelled with escapes, the whole string is hidden.
 */
export function hidingSecrets(): Hiding {
  return remembered((record) => {
    if ("malformed" in record) return secretsAround(record.text, record.offset);
    if (!mayHoldSecrets(record.text, record.signs)) return NONE;
    const known = new Map([...secretsInValue(record.value)].map((found) => [found.pointer, found]));
    return scalarsOf(record.text).flatMap((scalar) => {
      const spelled = record.text.slice(scalar.start, scalar.end);
      if (!spelled.startsWith('"')) return NONE;
      const text = JSON.parse(spelled) as string;
      const own = scalar.pointer === undefined ? undefined : known.get(scalar.pointer);
      return hiddenIn(scalar, spelled, own?.text === text ? own.secrets : secretsIn(text));
    });
  });
}

/** Hides every value of a record, and the secrets in its member names. */
export function hidingValues(): Hiding {
  return remembered((record) => {
    const { text } = record;
    if ("malformed" in record)
      return text === "" ? NONE : [{ start: 0, end: text.length, shown: `[${text.length} characters]` }];
    return scalarsOf(text).flatMap((scalar) => {
      const spelled = text.slice(scalar.start, scalar.end);
      if (scalar.isName) return hiddenIn(scalar, spelled, secretsIn(JSON.parse(spelled) as string));
      return [{ start: scalar.start, end: scalar.end, shown: maskOf(spelled) }];
    });
  });
}

function maskOf(spelled: string): string {
  if (!spelled.startsWith('"')) return /^[tfn]/.test(spelled) ? "[literal]" : "[number]";
  return `"[${(JSON.parse(spelled) as string).length} characters]"`;
}

function hiddenIn(
  { start, end }: Pick<Scalar, "start" | "end">,
  spelled: string,
  secrets: readonly Secret[],
): readonly Hidden[] {
  const [first] = secrets;
  if (first === undefined) return NONE;
  if (spelled.includes("\\")) return [{ start: start + 1, end: end - 1, shown: secretMask(end - start - 2) }];
  return secrets.map((secret) => ({
    start: start + 1 + secret.start,
    end: start + 1 + secret.end,
    shown: secretMask(secret.end - secret.start),
  }));
}

/** As far round a fault as an excerpt or a secret that reaches into it can be. */
const AROUND = 16_384;

/** The secrets in a text that is no JSON, near the place that will be shown, and what may be the half of one. */
function secretsAround(text: string, offset: number): readonly Hidden[] {
  const from = Math.max(0, offset - AROUND);
  const hidden = secretsIn(text.slice(from, offset + AROUND)).map(({ start, end }) => ({
    start: from + start,
    end: from + end,
    shown: secretMask(end - start),
  }));
  const start = startOfLastRun(text);
  const isHalf = text.length - start >= HALF && !hidden.some(({ end }) => end > start);
  return isHalf
    ? [...hidden, { start, end: text.length, shown: `[cut off, ${text.length - start} characters]` }]
    : hidden;
}

/** A run of so many characters of tokens at the end of a line that was cut off may be the half of one. */
const HALF = 16;

/** Where the characters begin that a text ends with and that tokens are made of. */
function startOfLastRun(text: string): number {
  let start = text.length;
  while (start > 0 && /[\w+/=.~%-]/.test(text[start - 1] ?? "")) start--;
  return start;
}

/** The same record is asked about for every finding in it. */
function remembered(hiding: Hiding): Hiding {
  const known = new WeakMap<LogRecord, readonly Hidden[]>();
  return (record) => {
    const hidden = known.get(record) ?? hiding(record);
    known.set(record, hidden);
    return hidden;
  };
}
