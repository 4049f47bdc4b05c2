import { ROW, rowSize } from "../../model/kinds.js";
import type { Instant } from "../../model/observation.js";
import { leadingUuids, UUID_LENGTH } from "../memory/uuid-words.js";
import { KEY_SLOTS } from "./batch.js";
import type { KeyRests } from "./key-rests.js";
import { NO_BYTES, NUMBERS_DOUBLE, type RowView, SLOTS_WORD, viewOfRows } from "./row-view.js";

const FIRST_ROWS = 32;

/** Writes the rows of a batch, one by one. */
export class RowWriter {
  readonly #rests: KeyRests;
  readonly #width: number;
  #view: RowView;
  #count = 0;
  /** The key that came last, and the number of its rest: it often comes again. */
  #lastKey = "";
  #lastRest = -1;

  /**
   * @param width how many numbers a row has
   * @param room how many rows are expected
   */
  constructor(rests: KeyRests, width: number, room = 0) {
    this.#rests = rests;
    this.#width = width;
    this.#view = room === 0 ? NO_ROWS : roomFor(room, width);
  }

  /** Rows written so far. */
  get count(): number {
    return this.#count;
  }

  /** The rows written so far. */
  get rows(): ArrayBuffer {
    const all = this.#view.words.buffer as ArrayBuffer;
    return this.#count === this.#view.count
      ? all
      : all.slice(0, this.#count * rowSize(KEY_SLOTS, this.#width));
  }

  /** Writes a row whose numbers are zeros. */
  add(key: string, line: number, instant: Instant | undefined): void {
    const word = this.#next(line, instant?.seconds ?? Number.NaN, instant?.fraction ?? 0);
    this.#view.words[word + ROW.PATTERN_WORD] = this.#putKey(key, word + SLOTS_WORD);
  }

  /** Writes a row whose key is a UUID: its words are these, from `at` on. */
  addUuid(words: Uint32Array, at: number, line: number, seconds: number, fraction: number): void {
    const word = this.#next(line, seconds, fraction);
    const own = this.#view.words;
    own[word + ROW.PATTERN_WORD] = this.#rests.numberOf(1, "");
    for (let index = 0; index < 4; index++) own[word + SLOTS_WORD + index] = words[at + index] ?? 0;
  }

  /** Sets a number of the row that came last. */
  setNumber(index: number, number: number): void {
    const { doubles, doublesApart } = this.#view;
    doubles[(this.#count - 1) * doublesApart + NUMBERS_DOUBLE + index] = number;
  }

  #next(line: number, seconds: number, fraction: number): number {
    if (this.#count === this.#view.count) this.#grow();
    const { words, doubles, wordsApart, doublesApart } = this.#view;
    const word = this.#count * wordsApart;
    const double = this.#count * doublesApart;
    words[word + ROW.LINE_WORD] = line;
    doubles[double + ROW.SECONDS_DOUBLE] = seconds;
    doubles[double + ROW.FRACTION_DOUBLE] = fraction;
    this.#count++;
    return word;
  }

  /** Writes the UUIDs at the beginning of a key; returns the number of the rest. */
  #putKey(key: string, at: number): number {
    const uuids = leadingUuids(key, this.#view.words, at);
    if (key === this.#lastKey && this.#lastRest >= 0) return this.#lastRest;
    this.#lastKey = key;
    this.#lastRest = this.#rests.numberOf(uuids, key.slice(uuids * UUID_LENGTH));
    return this.#lastRest;
  }

  #grow(): void {
    const larger = roomFor(Math.max(FIRST_ROWS, this.#view.count * 2), this.#width);
    larger.words.set(this.#view.words);
    this.#view = larger;
  }
}

function roomFor(count: number, width: number): RowView {
  return viewOfRows(new ArrayBuffer(count * rowSize(KEY_SLOTS, width)), width);
}

/** Most blocks write no row one by one. */
const NO_ROWS: RowView = viewOfRows(NO_BYTES, 1);
