import { ROW, rowSize } from "../../model/kinds.js";
import type { Observed } from "../../model/source.js";
import { leadingUuids } from "../memory/uuid-words.js";
import { type Batch, KEY_SLOTS, type KeyRest } from "./batch.js";
import type { Collector, KnownRows } from "./collector.js";
import { isConstant, restOf } from "./patterns.js";
import { NUMBERS_DOUBLE, type RowView, SLOTS_WORD, viewOfRows } from "./row-view.js";

const FIRST_ROWS = 8;
const UUID_LENGTH = 36;

/** Gathers numbers by key as rows. */
export class RowCollector implements Collector {
  readonly #rule: string;
  readonly #width: number;
  readonly #rests: KeyRest[] = [];
  readonly #restNumbers = new Map<string, number>();
  readonly #attachments = new Map<number, unknown>();
  #view = NO_ROWS;
  #count = 0;
  #known: KnownRows | undefined;
  /** The key that came last, and the number of its rest: it often comes again. */
  #lastKey = "";
  #lastRest = -1;

  constructor(rule: string, width: number) {
    this.#rule = rule;
    this.#width = width;
  }

  add({ key, value, instant, attachment }: Observed, line: number): void {
    if (this.#count === this.#view.count) this.#grow();
    if (attachment !== undefined) this.#attachments.set(this.#count, attachment);
    const { words, doubles, wordsApart, doublesApart } = this.#view;
    const [word, double] = [this.#count * wordsApart, this.#count * doublesApart];
    words[word + ROW.LINE_WORD] = line;
    words[word + ROW.PATTERN_WORD] = this.#putKey(key, word + SLOTS_WORD);
    doubles[double + ROW.SECONDS_DOUBLE] = instant === undefined ? Number.NaN : instant.seconds;
    doubles[double + ROW.FRACTION_DOUBLE] = instant === undefined ? 0 : instant.fraction;
    this.#putValue(value, double + NUMBERS_DOUBLE);
    this.#count++;
  }

  /** Writes the UUIDs that a key begins with; gives the number of what is behind them. */
  #putKey(key: string, at: number): number {
    const uuids = leadingUuids(key, this.#view.words, at);
    if (key === this.#lastKey && this.#lastRest >= 0) return this.#lastRest;
    this.#lastKey = key;
    this.#lastRest = this.#restNumber(uuids, key.slice(uuids * UUID_LENGTH));
    return this.#lastRest;
  }

  #restNumber(uuids: number, text: string): number {
    const name = `${uuids} ${text}`;
    const known = this.#restNumbers.get(name);
    if (known !== undefined) return known;
    this.#restNumbers.set(name, this.#rests.length);
    return this.#rests.push({ uuids, text }) - 1;
  }

  #putValue(value: unknown, at: number): void {
    const { doubles } = this.#view;
    if (this.#width === 1 && typeof value === "number") {
      doubles[at] = wholeNumber(value);
      return;
    }
    if (!Array.isArray(value) || value.length !== this.#width)
      throw new TypeError(`this rule keeps ${this.#width} numbers an observation`);
    for (const [index, number] of value.entries()) doubles[at + index] = wholeNumber(number);
  }

  addKnown(): void {
    throw new TypeError("numbers are kept of each record");
  }

  addRows(known: KnownRows): void {
    const { words, wordsApart, count } = viewOfRows({ rows: known.buffer, width: this.#width });
    const numbers: number[] = [];
    for (let row = 0, word = 0; row < count; row++, word += wordsApart) {
      const pattern = words[word + ROW.PATTERN_WORD] ?? 0;
      words[word + ROW.LINE_WORD] = known.placeOf(words[word + ROW.LINE_WORD] ?? 0);
      words[word + ROW.PATTERN_WORD] =
        numbers[pattern] ?? this.#restNumberOf(known, pattern, words, word, numbers);
    }
    this.#known = known;
  }

  #restNumberOf(
    { patterns, textAt }: KnownRows,
    number: number,
    words: Uint32Array,
    word: number,
    numbers: number[],
  ): number {
    const pattern = patterns.keyPattern(number);
    const { uuids, text } = restOf(pattern, words, word + SLOTS_WORD, textAt);
    const rest = this.#restNumber(uuids, text);
    if (isConstant(pattern)) numbers[number] = rest;
    // Behind its UUIDs a row has no name any more.
    words.fill(0, word + SLOTS_WORD + uuids * 4, word + SLOTS_WORD + KEY_SLOTS * 4);
    return rest;
  }

  batch(): Batch | undefined {
    const total = this.#count + (this.#known?.count ?? 0);
    if (total === 0) return undefined;
    const common = { rule: this.#rule, rests: this.#rests, width: this.#width };
    const own = this.#view.words.buffer.slice(
      0,
      this.#count * rowSize(KEY_SLOTS, this.#width),
    ) as ArrayBuffer;
    if (this.#known === undefined) return { ...common, rows: own, attachments: this.#attachments };
    if (this.#count === 0) return { ...common, rows: this.#known.buffer, attachments: this.#attachments };
    return { ...common, ...this.#merged(own, this.#known.buffer) };
  }

  /** Two lists of rows in the order of their lines. */
  #merged(own: ArrayBuffer, known: ArrayBuffer) {
    const rows = new ArrayBuffer(own.byteLength + known.byteLength);
    const target = new Uint32Array(rows);
    const attachments = new Map<number, unknown>();
    const [mine, theirs] = [own, known].map((part) => viewOfRows({ rows: part, width: this.#width })) as [
      RowView,
      RowView,
    ];
    const size = mine.wordsApart;
    let [taken, to] = [0, 0];
    const takeTheirs = (end: number): void => {
      if (end > taken) target.set(theirs.words.subarray(taken * size, end * size), to);
      to += (end - taken) * size;
      taken = end;
    };
    for (let own = 0; own < mine.count; own++) {
      takeTheirs(firstFrom(theirs, taken, lineOf(mine, own)));
      if (this.#attachments.has(own)) attachments.set(own + taken, this.#attachments.get(own));
      // For so few words, a loop copies faster than `set`.
      for (let word = own * size; word < (own + 1) * size; word++) target[to++] = mine.words[word] ?? 0;
    }
    takeTheirs(theirs.count);
    return { rows, attachments };
  }

  #grow(): void {
    const count = Math.max(FIRST_ROWS, this.#view.count * 2);
    const rows = new ArrayBuffer(count * rowSize(KEY_SLOTS, this.#width));
    const larger = viewOfRows({ rows, width: this.#width });
    larger.words.set(this.#view.words);
    this.#view = larger;
  }
}

/** Most blocks add no row one by one. */
const NO_ROWS: RowView = viewOfRows({ rows: new ArrayBuffer(0), width: 1 });

/** The first row from `from` on whose line is not below this one. */
function firstFrom(view: RowView, from: number, line: number): number {
  let row = from;
  while (row < view.count && lineOf(view, row) < line) row++;
  return row;
}

function lineOf({ words, wordsApart }: RowView, row: number): number {
  return words[row * wordsApart + ROW.LINE_WORD] ?? 0;
}

function wholeNumber(value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw new TypeError("this rule keeps whole numbers up to 2^53 - 1 only");
}
