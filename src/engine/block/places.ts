import { SharedLines, type SharedRun } from "../../model/shared-lines.js";

/** Gives the records of a block places of their own, though several may stand on one line: see SharedLines. */
export class Places {
  /** The line of the first record that was read; undefined where there is none. */
  first: number | undefined;
  /** The line of the last one. */
  last = -1;
  /** How far the place of the record at hand is behind its line. */
  shift = 0;
  #shared: SharedLines | undefined;

  get shared(): readonly SharedRun[] {
    return this.#shared?.runs ?? [];
  }

  /** Goes on to a record that was read: it takes a place. */
  next(line: number): void {
    if (line === this.last) this.#share(line);
    if (line > this.last) this.last = line;
    this.first ??= line;
    this.shift = this.#shiftOf(line);
  }

  /** Goes on to a record that could not be read, or is only around others: it takes none. */
  pass(line: number): void {
    this.shift = this.#shiftOf(line);
  }

  #share(line: number): void {
    this.#shared ??= new SharedLines();
    this.#shared.add({ at: line + this.#shared.total + 1, count: 1 });
  }

  /** What stands before a record that came earlier has the last place of its line. */
  #shiftOf(line: number): number {
    if (this.#shared === undefined) return 0;
    if (line >= this.last) return this.#shared.total;
    const { first, count } = this.#shared.placesOf(line);
    return first + count - 1 - line;
  }
}
