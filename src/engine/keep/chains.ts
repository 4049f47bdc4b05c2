import { type Group, viewOf } from "../../model/group.js";
import { ROW } from "../../model/kinds.js";
import type { Observation } from "../../model/rule.js";
import type { Read } from "../../model/source.js";
import { wordColumn } from "../memory/columns.js";
import { numberAt, wordAt } from "../memory/number-at.js";
import { NUMBERS_DOUBLE, type RowView } from "./row-view.js";

const PAGE_BITS = 12;
const PAGE_ROWS = 1 << PAGE_BITS;
/** What a row takes besides its value. */
const ROW_BYTES = 28;
/** What a number of a value takes. */
const NUMBER_BYTES = 8;
/** What an attachment takes in V8 for each character of its JSON. */
const ATTACHED_BYTES = 4;
/** What judging takes for each observation of a group that is put in order: its row, its instant, and what sorting takes. */
const JUDGED_BYTES = 53;

/** Groups up to this length are lists. */
const FEW = 1024;

/** Groups up to this length have a course, if all its digits fit into a whole number. */
const COURSE_ROWS = 8;
const MAX_COURSE = 2 ** 53;

/** A value as it is kept: one number, or as many as it is wide. */
type Kept = number | readonly number[];

/** Rows that follow each other, in columns. */
interface Page {
  /** The row before each in its chain; of the first one, anything. */
  readonly before: Uint32Array;
  readonly line: Uint32Array;
  readonly input: Uint32Array;
  /** NaN where a row has no instant. */
  readonly seconds: Float64Array;
  readonly fraction: Float64Array;
  /** As many numbers a row as a value has. */
  readonly values: Float64Array;
}

/**
 * Lists of observations, one for each of many numbered owners: in columns, chained in the order in which
 * they came. An observation takes 28 bytes and 8 for each number of its value, an owner 8.
 */
export class ObservationChains {
  readonly #width: number;
  readonly #pages: Page[] = [];
  readonly #last = wordColumn();
  readonly #count = wordColumn();
  readonly #attachments = new Map<number, unknown>();
  #attachedBytes = 0;
  #rows = 0;
  #longest = 0;

  /** @param width how many numbers a value has */
  constructor(width: number) {
    this.#width = width;
  }

  get bytes(): number {
    const rows = this.#pages.length * PAGE_ROWS * (ROW_BYTES + NUMBER_BYTES * this.#width);
    const owners = this.#last.bytes + this.#count.bytes;
    return rows + owners + this.#attachedBytes + this.#longest * JUDGED_BYTES;
  }

  /** The part of `bytes` that is on V8's heap. */
  get heapBytes(): number {
    return this.#attachedBytes;
  }

  count(owner: number): number {
    return this.#count.get(owner);
  }

  /** Appends the row of a batch. */
  append(owner: number, { doubles, doublesApart }: RowView, row: number, input: number, line: number): void {
    const at = this.#rows % PAGE_ROWS;
    if (at === 0) this.#pages.push(pageFor(this.#width));
    const page = this.#pageOf(this.#rows);
    const double = row * doublesApart;
    page.line[at] = line;
    page.input[at] = input;
    page.seconds[at] = doubles[double + ROW.SECONDS_DOUBLE] ?? Number.NaN;
    page.fraction[at] = doubles[double + ROW.FRACTION_DOUBLE] ?? 0;
    const [width, from, to] = [this.#width, double + NUMBERS_DOUBLE, at * this.#width];
    for (let index = 0; index < width; index++) page.values[to + index] = doubles[from + index] ?? 0;
    page.before[at] = this.#link(owner);
  }

  /** What a row of the batch to come has besides. */
  attach(row: number, attachment: unknown): void {
    this.#attachments.set(this.#rows + row, attachment);
    this.#attachedBytes += ATTACHED_BYTES * JSON.stringify(attachment).length;
  }

  /** Puts the next row at the end of its owner's chain; gives the row that was there. */
  #link(owner: number): number {
    const before = this.#last.get(owner);
    const count = this.#count.get(owner) + 1;
    this.#last.set(owner, this.#rows++);
    this.#count.set(owner, count);
    if (count > this.#longest) this.#longest = count;
    return before;
  }

  #pageOf(row: number): Page {
    const page = this.#pages[row >>> PAGE_BITS];
    if (page === undefined) throw new RangeError(`no row ${row}`);
    return page;
  }

  /**
   * The observations of one owner. The few that most have are made at once, the many of some as they are asked for.
   *
   * @param read makes their values of what is kept
   */
  chain(owner: number, read?: Read): Group<unknown> {
    const count = this.count(owner);
    let row = this.#last.get(owner);
    if (count > FEW) return viewOf(this.#rowsUpTo(row, count), (place) => this.#at(place, read));
    const list = new Array<Observation<unknown>>(count);
    for (let place = count - 1; place >= 0; place--, row = this.#before(row))
      list[place] = this.#at(row, read);
    return list;
  }

  /**
   * The course of an owner's observations: the facts of each, in their order, as one number. Each is a number of a
   * delivery times `facts`, and its own facts. There is no course if the observations are many, or if the order in which
   * they came is not that of their instants, or leaves it open.
   *
   * @param facts how many there can be
   */
  course(owner: number, facts: number): number | undefined {
    const count = this.count(owner);
    if (count > COURSE_ROWS || 2 * facts ** count > MAX_COURSE) return undefined;
    let row = this.#last.get(owner);
    let [course, weight] = [0, 1];
    let [later, laterFraction] = [Number.POSITIVE_INFINITY, 0];
    for (let left = count; left > 0; left--) {
      const page = this.#pageOf(row);
      const place = row % PAGE_ROWS;
      const [seconds, fraction] = [numberAt(page.seconds, place), numberAt(page.fraction, place)];
      const isBefore = seconds < later || (seconds === later && fraction < laterFraction);
      if (!isBefore) return undefined;
      const kept = numberAt(page.values, place);
      const delivery = Math.floor(kept / facts);
      for (let known = 0; known < count - left; known++) if (DELIVERIES[known] === delivery) return undefined;
      DELIVERIES[count - left] = delivery;
      course += (kept - delivery * facts) * weight;
      weight *= facts;
      [later, laterFraction] = [seconds, fraction];
      row = wordAt(page.before, place);
    }
    return course + weight;
  }

  #rowsUpTo(last: number, count: number): Uint32Array {
    const rows = new Uint32Array(count);
    for (let place = count - 1, row = last; place >= 0; place--, row = this.#before(row)) rows[place] = row;
    return rows;
  }

  #before(row: number): number {
    return wordAt(this.#pageOf(row).before, row % PAGE_ROWS);
  }

  #at(row: number, read: Read | undefined): Observation<unknown> {
    const page = this.#pageOf(row);
    const place = row % PAGE_ROWS;
    const at = { input: wordAt(page.input, place), line: wordAt(page.line, place) };
    const attachment = this.#attachments.size === 0 ? undefined : this.#attachments.get(row);
    const kept = this.#keptIn(page, place);
    const value = read === undefined ? kept : read(kept, attachment);
    const seconds = numberAt(page.seconds, place);
    const observation = Number.isNaN(seconds)
      ? { value, at }
      : { value, at, instant: { seconds, fraction: numberAt(page.fraction, place) } };
    return attachment === undefined ? observation : { ...observation, attachment };
  }

  #keptIn({ values }: Page, place: number): Kept {
    const width = this.#width;
    if (width === 1) return numberAt(values, place);
    const list: number[] = [];
    for (let index = place * width; list.length < width; index++) list.push(numberAt(values, index));
    return list;
  }
}

/** The deliveries of the observations at hand. */
const DELIVERIES = new Float64Array(COURSE_ROWS);

function pageFor(width: number): Page {
  return {
    before: new Uint32Array(PAGE_ROWS),
    line: new Uint32Array(PAGE_ROWS),
    input: new Uint32Array(PAGE_ROWS),
    seconds: new Float64Array(PAGE_ROWS),
    fraction: new Float64Array(PAGE_ROWS),
    values: new Float64Array(PAGE_ROWS * width),
  };
}
