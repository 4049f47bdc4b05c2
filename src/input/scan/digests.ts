import type { Digests, JsonObject } from "../../model/subject.js";
import { ExactNumbers } from "./exact-numbers.js";
import { FLAG, type Scanned, scanRecord } from "./scan-record.js";
import { spelled } from "./spelled.js";

type Taken = Pick<Scanned, "content" | "delivery">;

/**
 * The digests of an object without text, or with text that JSON.stringify would write differently.
 * They equal the scanner's digests of the JSON.stringify text.
 *
 * @param text that the value was read from, if it may have numbers that no double holds
 */
export function digestsOf(value: JsonObject, text?: string): Digests {
  return new DigestsOfValue(value, text);
}

/** Digests that the scanner took of a record's text. */
export class DigestsOfText implements Digests {
  readonly content: number;
  readonly delivery: number;
  /** The last argument of `of`, because several rules ask for the same part of a record. */
  #part: unknown;
  #digest = 0;

  constructor(content: number, delivery: number) {
    this.content = content;
    this.delivery = delivery;
  }

  of(value: unknown): number {
    if (value === undefined || value !== this.#part)
      [this.#part, this.#digest] = [value, taken({ payload: value }).content];
    return this.#digest;
  }
}

/** Digests computed on first use. */
class DigestsOfValue implements Digests {
  readonly #value: JsonObject;
  readonly #text: string | undefined;
  /** Null where there are none. */
  #numbers: ExactNumbers | null | undefined;
  #taken: Taken | undefined;

  constructor(value: JsonObject, text: string | undefined) {
    this.#value = value;
    this.#text = text;
  }

  get content(): number {
    return this.#own().content;
  }

  get delivery(): number {
    return this.#own().delivery;
  }

  of(value: unknown): number {
    return this.#taking({ payload: value }).content;
  }

  #own(): Taken {
    this.#taken ??= this.#taking(this.#value);
    return this.#taken;
  }

  #taking(value: JsonObject): Taken {
    if (this.#numbers === undefined)
      this.#numbers = (this.#text && ExactNumbers.in(this.#text, this.#value)) || null;
    return taken(value, this.#numbers ?? undefined);
  }
}

function taken(value: JsonObject, numbers?: ExactNumbers): Taken {
  const text = spelled(value, numbers?.instead);
  const bytes = Buffer.from(numbers === undefined ? text : ExactNumbers.written(text));
  const scanned = scanRecord(bytes);
  // Each level takes at least two bytes.
  return (scanned.flags & FLAG.deep) === 0 ? scanned : scanRecord(bytes, bytes.length >> 1);
}
