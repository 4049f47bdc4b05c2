import { type Group, viewOf } from "../model/group.js";
import type { Observation, Position } from "../model/rule.js";
import type { ColumnBatch } from "./batch.js";
import { numberColumn, wordColumn } from "./columns.js";

const NONE = Number.NaN;
/** What an attachment takes in V8 for each character of its JSON. */
const ATTACHED_BYTES = 4;
/** What judging takes for each observation of the group that is being judged: its row, and its place among them. */
const JUDGED_BYTES = 60;

/** Groups up to this length are lists. */
const FEW = 32;

type Value = number | readonly number[];

/**
 * Lists of observations, one for each of many numbered owners: in columns, chained in the order in which
 * they came. An observation takes 28 bytes and 8 for each number of its value, an owner 8.
 */
export class ObservationChains {
  readonly #last = wordColumn();
  readonly #count = wordColumn();
  /** The row after each; after the last one, the first. */
  readonly #next = wordColumn();
  readonly #line = wordColumn();
  readonly #input = wordColumn();
  readonly #seconds = numberColumn();
  readonly #fraction = numberColumn();
  readonly #values: readonly ReturnType<typeof numberColumn>[];
  readonly #attachments = new Map<number, unknown>();
  #attachedBytes = 0;
  #rows = 0;
  #longest = 0;

  /** @param width how many numbers a value has */
  constructor(width: number) {
    this.#values = Array.from({ length: width }, numberColumn);
  }

  get bytes(): number {
    const columns = [
      this.#last,
      this.#count,
      this.#next,
      this.#line,
      this.#input,
      this.#seconds,
      this.#fraction,
      ...this.#values,
    ];
    return columns.reduce(
      (sum, column) => sum + column.bytes,
      this.#attachedBytes + this.#longest * JUDGED_BYTES,
    );
  }

  /** The part of `bytes` that is on V8's heap. */
  get heapBytes(): number {
    return this.#attachedBytes;
  }

  count(owner: number): number {
    return this.#count.get(owner);
  }

  /** Appends one number, without an instant. */
  append(owner: number, value: number, at: Position): void {
    this.#values[0]?.set(this.#rows, value);
    this.#place(owner, at.line, at.input, NONE, 0);
  }

  /** Appends one row of a batch. */
  appendRow(owner: number, batch: ColumnBatch, from: number, input: number, firstLine: number): void {
    const { values, lines, seconds, fractions, attachments } = batch;
    const width = this.#values.length;
    for (let index = 0; index < width; index++)
      this.#values[index]?.set(this.#rows, values[from * width + index] ?? NONE);
    const attachment = attachments.get(from);
    if (attachment !== undefined) {
      this.#attachments.set(this.#rows, attachment);
      this.#attachedBytes += ATTACHED_BYTES * JSON.stringify(attachment).length;
    }
    this.#place(owner, firstLine + (lines[from] ?? 0), input, seconds[from] ?? NONE, fractions[from] ?? 0);
  }

  #place(owner: number, line: number, input: number, seconds: number, fraction: number): void {
    const row = this.#rows++;
    this.#line.set(row, line);
    this.#input.set(row, input);
    this.#seconds.set(row, seconds);
    this.#fraction.set(row, fraction);
    this.#link(owner, row);
  }

  #link(owner: number, row: number): void {
    const count = this.count(owner) + 1;
    const last = this.#last.get(owner);
    this.#next.set(row, count === 1 ? row : this.#next.get(last));
    if (count > 1) this.#next.set(last, row);
    this.#last.set(owner, row);
    this.#count.set(owner, count);
    this.#longest = Math.max(this.#longest, count);
  }

  /** The observations of one owner. The few that most have are made at once, the many of some as they are asked for. */
  chain(owner: number): Group<Value> {
    const count = this.count(owner);
    let row = this.#last.get(owner);
    if (count <= FEW) {
      const list: Observation<Value>[] = [];
      while (list.length < count) {
        row = this.#next.get(row);
        list.push(this.#at(row));
      }
      return list;
    }
    const rows = new Uint32Array(count);
    for (let place = 0; place < count; place++) {
      row = this.#next.get(row);
      rows[place] = row;
    }
    return viewOf<Value>(count, (place) => this.#at(rows[place] ?? 0));
  }

  #at(row: number): Observation<Value> {
    const at = { input: this.#input.get(row), line: this.#line.get(row) };
    const value = this.#valueAt(row);
    const seconds = this.#seconds.get(row);
    const observation = Number.isNaN(seconds)
      ? { value, at }
      : { value, at, instant: { seconds, fraction: this.#fraction.get(row) } };
    const attachment = this.#attachments.size === 0 ? undefined : this.#attachments.get(row);
    return attachment === undefined ? observation : { ...observation, attachment };
  }

  #valueAt(row: number): Value {
    const columns = this.#values;
    const [only] = columns;
    return columns.length === 1 && only !== undefined
      ? only.get(row)
      : columns.map((column) => column.get(row));
  }
}
