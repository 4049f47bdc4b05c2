import { type Group, viewOf } from "../../model/group.js";
import { ROW } from "../../model/kinds.js";
import type { Observation } from "../../model/rule.js";
import type { Read } from "../../model/source.js";
import type { KeyTable } from "../memory/key-table.js";
import { numberAt, wordAt } from "../memory/number-at.js";
import { NUMBERS_DOUBLE, type RowView } from "./row-view.js";

const PAGE_BITS = 10;
const PAGE_ROWS = 1 << PAGE_BITS;
/** Words of a row: the row before it in its chain, plus 1; the place of its key; its line and its input. */
const [BEFORE_WORD, KEY_WORD, LINE_WORD, INPUT_WORD] = [0, 1, 2, 3];
/** Doubles of a row after its words: its instant, then its numbers. */
const [SECONDS_DOUBLE, FRACTION_DOUBLE, FIRST_DOUBLE] = [2, 3, 4];
/** What a row takes besides its value. */
const ROW_BYTES = 32;
/** What a number of a value takes. */
const NUMBER_BYTES = 8;
/** What an attachment takes in V8 for each character of its JSON. */
const ATTACHED_BYTES = 4;
/** What judging takes for each observation of a group that is put in order: its row, its instant, and what sorting takes. */
const JUDGED_BYTES = 53;

/** Groups up to this length are lists. */
const FEW = 1024;
/** If at least one in this number of rows belongs to a key, its rows are found by going through all rows in order. */
const MOST_ROWS = 8;

/** Groups up to this length have a course, if all its digits fit into a whole number. */
const COURSE_ROWS = 8;
const MAX_COURSE = 2 ** 53;

/** A value as it is kept: one number, or as many as it is wide. */
type Kept = number | readonly number[];

/** Rows that follow each other. All of a row stands together: who follows a chain finds each row in other memory. */
interface Page {
  readonly words: Uint32Array;
  /** The same memory. */
  readonly doubles: Float64Array;
}

/**
 * Lists of observations, one for each of many keys: in rows, chained in the order in which they came. An observation
 * takes 32 bytes and 8 for each number of its value.
 */
export class ObservationChains {
  readonly #width: number;
  /** Doubles from one row to the next. */
  readonly #apart: number;
  readonly #pages: Page[] = [];
  readonly #keys: KeyTable;
  readonly #attachments = new Map<number, unknown>();
  #attachedBytes = 0;
  #rows = 0;
  #longest = 0;

  /**
   * @param keys in whose records the ends of the lists are
   * @param width how many numbers a value has
   */
  constructor(keys: KeyTable, width: number) {
    this.#keys = keys;
    this.#width = width;
    this.#apart = FIRST_DOUBLE + width;
  }

  get bytes(): number {
    const rows = this.#pages.length * PAGE_ROWS * (ROW_BYTES + NUMBER_BYTES * this.#width);
    return rows + this.#attachedBytes + this.#longest * JUDGED_BYTES;
  }

  /** The part of `bytes` that is on V8's heap. */
  get heapBytes(): number {
    return this.#attachedBytes;
  }

  /**
   * Appends the row of a batch.
   *
   * @param key the place of a key
   */
  append(key: number, { doubles, doublesApart }: RowView, row: number, input: number, line: number): void {
    if (this.#rows % PAGE_ROWS === 0) this.#addPage();
    const page = this.#pageOf(this.#rows);
    const to = (this.#rows % PAGE_ROWS) * this.#apart;
    page.words[2 * to + BEFORE_WORD] = this.#keys.lastRow(key) + 1;
    page.words[2 * to + KEY_WORD] = key;
    page.words[2 * to + LINE_WORD] = line;
    page.words[2 * to + INPUT_WORD] = input;
    const from = row * doublesApart;
    page.doubles[to + SECONDS_DOUBLE] = doubles[from + ROW.SECONDS_DOUBLE] ?? Number.NaN;
    page.doubles[to + FRACTION_DOUBLE] = doubles[from + ROW.FRACTION_DOUBLE] ?? 0;
    for (let index = 0; index < this.#width; index++)
      page.doubles[to + FIRST_DOUBLE + index] = doubles[from + NUMBERS_DOUBLE + index] ?? 0;
    this.#keys.addRow(key, this.#rows++);
    this.#longest = Math.max(this.#longest, this.#keys.rowCount(key));
  }

  /** The values of the next row besides its key. */
  attachNext(attachment: unknown): void {
    this.#attachments.set(this.#rows, attachment);
    this.#attachedBytes += ATTACHED_BYTES * JSON.stringify(attachment).length;
  }

  #addPage(): void {
    const doubles = new Float64Array(PAGE_ROWS * this.#apart);
    this.#pages.push({ words: new Uint32Array(doubles.buffer), doubles });
  }

  #wordOf(row: number, word: number): number {
    return wordAt(this.#pageOf(row).words, 2 * (row % PAGE_ROWS) * this.#apart + word);
  }

  #pageOf(row: number): Page {
    const page = this.#pages[row >>> PAGE_BITS];
    if (page === undefined) throw new RangeError(`no row ${row}`);
    return page;
  }

  /**
   * The observations of one key. If they are few, as for most keys, they are made at once; otherwise each is made when
   * it is asked for.
   *
   * @param read makes their values of what is kept
   */
  chain(key: number, read?: Read): Group<unknown> {
    const count = this.#keys.rowCount(key);
    const last = this.#keys.lastRow(key);
    if (count > FEW)
      return viewOf(
        count,
        () => (count * MOST_ROWS < this.#rows ? this.#rowsUpTo(last, count) : this.#rowsOf(key, last, count)),
        (row) => this.#at(row, read),
      );
    const list = new Array<Observation<unknown>>(count);
    for (let place = count - 1, row = last; place >= 0; place--, row = this.#before(row))
      list[place] = this.#at(row, read);
    return list;
  }

  /**
   * The course of a key's observations: the facts of each, in their order, as one number. Each is a number of a
   * delivery times `facts`, and its own facts. There is no course if the observations are many, or if the order in which
   * they came is not that of their instants, or leaves it open.
   *
   * @param facts how many there can be
   */
  course(key: number, facts: number): number | undefined {
    const count = this.#keys.rowCount(key);
    if (count > COURSE_ROWS) return undefined;
    let row = this.#keys.lastRow(key);
    let [course, weight] = [0, 1];
    let [later, laterFraction] = [Number.POSITIVE_INFINITY, 0];
    for (let left = count; left > 0; left--) {
      const { words, doubles } = this.#pageOf(row);
      const at = (row % PAGE_ROWS) * this.#apart;
      const seconds = numberAt(doubles, at + SECONDS_DOUBLE);
      const fraction = numberAt(doubles, at + FRACTION_DOUBLE);
      const isBefore = seconds < later || (seconds === later && fraction < laterFraction);
      if (!isBefore) return undefined;
      const kept = numberAt(doubles, at + FIRST_DOUBLE);
      const delivery = Math.floor(kept / facts);
      for (let known = 0; known < count - left; known++) if (DELIVERIES[known] === delivery) return undefined;
      DELIVERIES[count - left] = delivery;
      course += (kept - delivery * facts) * weight;
      weight *= facts;
      [later, laterFraction] = [seconds, fraction];
      row = wordAt(words, 2 * at + BEFORE_WORD) - 1;
    }
    return 2 * weight > MAX_COURSE ? undefined : course + weight;
  }

  #rowsUpTo(last: number, count: number): Uint32Array {
    const rows = new Uint32Array(count);
    for (let place = count - 1, row = last; place >= 0; place--, row = this.#before(row)) rows[place] = row;
    return rows;
  }

  /** As `#rowsUpTo`: memory is read faster in its order. */
  #rowsOf(key: number, last: number, count: number): Uint32Array {
    const rows = new Uint32Array(count);
    for (let row = 0, place = 0; row <= last; row++)
      if (this.#wordOf(row, KEY_WORD) === key) rows[place++] = row;
    return rows;
  }

  #before(row: number): number {
    return this.#wordOf(row, BEFORE_WORD) - 1;
  }

  #at(row: number, read: Read | undefined): Observation<unknown> {
    const { words, doubles } = this.#pageOf(row);
    const from = (row % PAGE_ROWS) * this.#apart;
    const at = { input: wordAt(words, 2 * from + INPUT_WORD), line: wordAt(words, 2 * from + LINE_WORD) };
    const attachment = this.#attachments.size === 0 ? undefined : this.#attachments.get(row);
    const kept = this.#keptIn(doubles, from + FIRST_DOUBLE);
    const value = read === undefined ? kept : read(kept, attachment);
    const seconds = numberAt(doubles, from + SECONDS_DOUBLE);
    const observation = Number.isNaN(seconds)
      ? { value, at }
      : { value, at, instant: { seconds, fraction: numberAt(doubles, from + FRACTION_DOUBLE) } };
    return attachment === undefined ? observation : { ...observation, attachment };
  }

  #keptIn(doubles: Float64Array, from: number): Kept {
    const width = this.#width;
    if (width === 1) return numberAt(doubles, from);
    const list = new Array<number>(width);
    for (let index = 0; index < width; index++) list[index] = numberAt(doubles, from + index);
    return list;
  }
}

/** The deliveries of the observations at hand. */
const DELIVERIES = new Float64Array(COURSE_ROWS);
