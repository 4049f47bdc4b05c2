import type { Instant, Observation, Position } from "../model/rule.js";
import { numberColumn, wordColumn } from "./columns.js";

const NONE = Number.NaN;
/** What an attachment takes in V8 for each character of its JSON. */
const ATTACHED_BYTES = 4;

/**
 * Lists of observations, one for each of many numbered owners: in columns, chained in the order in which
 * they came. An observation takes 28 bytes and 8 for each number of its value, an owner 8.
 */
export class ObservationChains {
  readonly #first = wordColumn();
  readonly #last = wordColumn();
  readonly #next = wordColumn();
  readonly #line = wordColumn();
  readonly #input = wordColumn();
  readonly #seconds = numberColumn();
  readonly #fraction = numberColumn();
  readonly #values: readonly ReturnType<typeof numberColumn>[];
  readonly #attachments = new Map<number, unknown>();
  #attachedBytes = 0;
  /** Row 0 stands for "no further row". */
  #rows = 1;

  /** @param width how many numbers a value has */
  constructor(width: number) {
    this.#values = Array.from({ length: width }, numberColumn);
  }

  get bytes(): number {
    const columns = [
      this.#first,
      this.#last,
      this.#next,
      this.#line,
      this.#input,
      this.#seconds,
      this.#fraction,
    ];
    return [...columns, ...this.#values].reduce((sum, column) => sum + column.bytes, this.#attachedBytes);
  }

  has(owner: number): boolean {
    return this.#first.get(owner) !== 0;
  }

  append(
    owner: number,
    value: number | readonly number[],
    at: Position,
    instant?: Instant,
    attachment?: unknown,
  ): void {
    const row = this.#rows++;
    for (const [index, column] of this.#values.entries())
      column.set(row, typeof value === "number" ? value : (value[index] ?? NONE));
    this.#line.set(row, at.line);
    this.#input.set(row, at.input);
    this.#seconds.set(row, instant?.seconds ?? NONE);
    this.#fraction.set(row, instant?.fraction ?? 0);
    if (attachment !== undefined) {
      this.#attachments.set(row, attachment);
      this.#attachedBytes += ATTACHED_BYTES * JSON.stringify(attachment).length;
    }
    if (this.has(owner)) this.#next.set(this.#last.get(owner), row);
    else this.#first.set(owner, row);
    this.#last.set(owner, row);
  }

  chain(owner: number): Observation<number | readonly number[]>[] {
    const observations: Observation<number | readonly number[]>[] = [];
    for (let row = this.#first.get(owner); row !== 0; row = this.#next.get(row))
      observations.push(this.#at(row));
    return observations;
  }

  #at(row: number): Observation<number | readonly number[]> {
    const at = { input: this.#input.get(row), line: this.#line.get(row) };
    const values = this.#values.map((column) => column.get(row));
    const [only = NONE] = values;
    const value = values.length === 1 ? only : values;
    const seconds = this.#seconds.get(row);
    const attachment = this.#attachments.get(row);
    return {
      value,
      at,
      ...(!Number.isNaN(seconds) && { instant: { seconds, fraction: this.#fraction.get(row) } }),
      ...(attachment !== undefined && { attachment }),
    };
  }
}
