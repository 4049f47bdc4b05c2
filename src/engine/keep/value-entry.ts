import { type Group, viewOf } from "../../model/group.js";
import type { Observation } from "../../model/rule.js";
import type { Read } from "../../model/source.js";
import { type KeyTable, NO_ROW } from "../memory/key-table.js";
import type { NumberedValues } from "../memory/numbered-values.js";
import type { Entry } from "./store.js";
import type { ValueRows } from "./value-rows.js";

/** Keys with at most this number of values have a course. */
const COURSE_VALUES = 8;
/** Groups up to this length are lists. */
const FEW = 1024;

/** The keys of a store, the rows of each, and the values of these. */
export interface KeptValues {
  readonly keys: KeyTable;
  readonly rows: ValueRows;
  readonly values: NumberedValues;
}

/** One key of a store of values. */
export class ValueEntry implements Entry {
  /** The place of the key. */
  readonly number: number;
  readonly #kept: KeptValues;
  readonly #read: Read | undefined;

  constructor(number: number, kept: KeptValues, read: Read | undefined) {
    this.number = number;
    this.#kept = kept;
    this.#read = read;
  }

  get key(): string {
    return this.#kept.keys.key(this.number);
  }

  get observations(): Group<unknown> {
    const count = this.#kept.keys.rowCount(this.number);
    if (count > FEW)
      return viewOf(
        count,
        () => this.#rows(count),
        (row) => this.#at(row),
      );
    return Array.from(this.#rows(count), (row) => this.#at(row));
  }

  /** The values and their counts; in a text, each pair is two characters. */
  course(): string | undefined {
    const { rows } = this.#kept;
    if (this.#kept.keys.rowCount(this.number) > COURSE_VALUES) return undefined;
    let course = "";
    for (let row = this.#kept.keys.lastRow(this.number); row !== NO_ROW; row = rows.before(row)) {
      const number = 2 * rows.valueOf(row) + (rows.countOf(row) > 1 ? 1 : 0);
      if (rows.hasInstant(row)) return undefined;
      course += String.fromCharCode(number & 0xffff, number >>> 16);
    }
    return course;
  }

  #rows(count: number): Uint32Array {
    const places = new Uint32Array(count);
    const { rows } = this.#kept;
    let row = this.#kept.keys.lastRow(this.number);
    for (let place = count - 1; place >= 0; place--, row = rows.before(row)) places[place] = row;
    return places;
  }

  #at(row: number): Observation<unknown> {
    const { rows, values } = this.#kept;
    const kept = values.value(rows.valueOf(row));
    const value = this.#read === undefined ? kept : this.#read(kept, rows.attachmentOf(row));
    return rows.observation(row, value);
  }
}
