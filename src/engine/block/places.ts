import { SharedLines, type SharedRun } from "../../model/shared-lines.js";

/** Gives each record of a block its own place, even if several records share a line: see SharedLines. */
export class Places {
  /** The line of the first record that was read; undefined before it. */
  #first: number | undefined;
  /** The line of the last record that was read. */
  #last = -1;
  /** The current record's place minus its line. */
  shift = 0;
  #shared: SharedLines | undefined;

  get shared(): readonly SharedRun[] {
    return this.#shared?.runs ?? [];
  }

  /** The lines of the first and the last record that was read; undefined if no record was read. */
  get ends(): { readonly first: number; readonly last: number } | undefined {
    return this.#first === undefined ? undefined : { first: this.#first, last: this.#last };
  }

  /** The place of a line with one record. */
  placeOf(line: number): number {
    return this.#shared === undefined ? line : this.#shared.placesOf(line).first;
  }

  /** Adds records that somebody else has read. Only after all others. */
  widen({ first, last }: { readonly first: number; readonly last: number }): void {
    this.#first = Math.min(first, this.#first ?? first);
    this.#last = Math.max(last, this.#last);
  }

  /** Moves to a record that was read: it takes a place. */
  next(line: number): void {
    if (line === this.#last) this.#share(line);
    if (line > this.#last) this.#last = line;
    this.#first ??= line;
    this.shift = this.#shiftOf(line);
  }

  /** Moves to a record that takes no place: it could not be read, or it is only the envelope of others. */
  pass(line: number): void {
    this.shift = this.#shiftOf(line);
  }

  #share(line: number): void {
    this.#shared ??= new SharedLines();
    this.#shared.add({ at: line + this.#shared.total + 1, count: 1 });
  }

  /** A line before the last record's line gets the last place on that line. */
  #shiftOf(line: number): number {
    if (this.#shared === undefined) return 0;
    if (line >= this.#last) return this.#shared.total;
    const { first, count } = this.#shared.placesOf(line);
    return first + count - 1 - line;
  }
}
