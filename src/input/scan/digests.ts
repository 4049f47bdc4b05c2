import type { Digests, JsonObject } from "../../model/subject.js";
import { FLAG, type Scanned, scanRecord } from "./scan-record.js";
import { spelled } from "./spelled.js";

type Taken = Pick<Scanned, "content" | "delivery">;

/**
 * The digests of an object without text, or with text that JSON.stringify would write differently.
 * They equal the scanner's digests of the JSON.stringify text.
 */
export function digestsOf(value: JsonObject): Digests {
  return new DigestsOfValue(value);
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
  #taken: Taken | undefined;

  constructor(value: JsonObject) {
    this.#value = value;
  }

  get content(): number {
    return this.#own().content;
  }

  get delivery(): number {
    return this.#own().delivery;
  }

  of(value: unknown): number {
    return taken({ payload: value }).content;
  }

  #own(): Taken {
    this.#taken ??= taken(this.#value);
    return this.#taken;
  }
}

function taken(value: JsonObject): Taken {
  const bytes = Buffer.from(spelled(value));
  const scanned = scanRecord(bytes);
  // Each level takes at least two bytes.
  return (scanned.flags & FLAG.deep) === 0 ? scanned : scanRecord(bytes, bytes.length >> 1);
}
