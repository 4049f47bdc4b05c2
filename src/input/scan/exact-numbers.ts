import { randomBytes } from "node:crypto";
import type { JsonObject } from "../../model/subject.js";

/** Marks a number that is written as a string. Nobody outside can know it. */
const MARK = `${randomBytes(9).toString("base64url")} `;
const MARKED = new RegExp(`"${MARK}([^"]*)"`, "g");

/** A text without these has no number that JSON.parse changes in a way that matters here. */
const MAY_BE_CHANGED = /\d{16}|\de\+?\d{3}/i;
/** A whole number in its canonical form. */
const WHOLE = /^(-?\d+)e(\d+)$/;
/** Further ones of a record count as doubles: each takes hundreds of bytes. */
const MOST = 10_000;

const LITERAL = /-?\d[\d.eE+-]*/y;
const NUMBER = /^(-?)0*(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

/** Gives what is to be written in place of a value: of most values the value itself. */
export type Instead = (value: unknown) => unknown;

/**
 * The numbers of a record that JSON.parse changes: whole numbers beyond 2^53, such as times in nanoseconds, and numbers
 * that are infinite as doubles. Fractions are none of them: programs write one double with 15 digits or with 17.
 */
export class ExactNumbers {
  /** The containers of the record, and what is in them with each such number as a marked string. */
  readonly #marked = new Map<object, object>();

  private constructor(value: object, marked: object) {
    const left: (readonly [object, object])[] = [[value, marked]];
    for (let pair = left.pop(); pair !== undefined; pair = left.pop()) {
      const [own, other] = pair as readonly [Record<string, unknown>, Record<string, unknown>];
      this.#marked.set(own, other);
      for (const name of Object.keys(own)) {
        const [one, two] = [own[name], other[name]];
        if (typeof one === "object" && one !== null) left.push([one, two as object]);
      }
    }
  }

  /** @returns undefined if JSON.parse changes no number of the text */
  static in(text: string, value: JsonObject): ExactNumbers | undefined {
    if (!MAY_BE_CHANGED.test(text)) return undefined;
    const parts: string[] = [];
    let from = 0;
    for (const { start, literal } of numbersIn(text)) {
      if (!isChanged(literal)) continue;
      if (parts.length === 2 * MOST) break;
      parts.push(text.slice(from, start), `"${MARK}${canonical(literal)}"`);
      from = start + literal.length;
    }
    if (from === 0) return undefined;
    return new ExactNumbers(value, JSON.parse(parts.join("") + text.slice(from)) as object);
  }

  readonly instead: Instead = (value) =>
    typeof value === "object" && value !== null ? (this.#marked.get(value) ?? value) : value;

  /** A JSON text with each marked string as the number that it stands for. */
  static written(text: string): string {
    return text.replaceAll(MARKED, "$1");
  }
}

/** The numbers of a JSON text. It may have millions, so none is kept. */
function* numbersIn(text: string): Generator<{ readonly start: number; readonly literal: string }> {
  for (let at = 0; at < text.length; ) {
    const character = text[at] ?? "";
    if (character === '"') {
      at = pastString(text, at);
      continue;
    }
    LITERAL.lastIndex = at;
    const [literal = ""] = LITERAL.exec(text) ?? [];
    if (literal !== "") yield { start: at, literal };
    at += literal.length || 1;
  }
}

/** The offset after the string that starts at `at`. */
function pastString(text: string, at: number): number {
  let end = at + 1;
  while (text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  return end + 1;
}

/** A double is written exactly, or with the fewest digits that tell it apart; both are that double. */
function isChanged(literal: string): boolean {
  const double = Number(literal);
  if (!Number.isFinite(double)) return true;
  if (Number.isSafeInteger(double) || !Number.isInteger(double)) return false;
  const [, digits = "", zeros = ""] = WHOLE.exec(canonical(literal)) ?? [];
  if (digits === "" || canonical(literal) === canonical(String(double))) return false;
  return BigInt(digits + "0".repeat(Number(zeros))) !== BigInt(double);
}

/** The same text for equal numbers: digits without zeros at their ends, and an exponent. */
function canonical(literal: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = NUMBER.exec(literal) ?? [];
  const digits = whole + fraction;
  let end = digits.length;
  while (end > 1 && digits[end - 1] === "0") end--;
  return `${sign}${digits.slice(0, end)}e${Number(exponent) - fraction.length + digits.length - end}`;
}
