/** Records that follow another one on its line: the place of the first, and their number. */
export interface SharedRun {
  readonly at: number;
  readonly count: number;
}

/**
 * The lines of an input with several records. Each record has a place: its line, plus one for each earlier record
 * that followed another on its line. So places order the records of a line; if each line is one record, places equal
 * lines. Lines and places count from 0.
 */
export class SharedLines {
  readonly #runs: { at: number; count: number; readonly before: number }[] = [];
  #total = 0;

  /** Number of records that follow another one on its line. */
  get total(): number {
    return this.#total;
  }

  /** The first place where a further run may begin: the first record of an input never follows another. */
  get end(): number {
    const last = this.#runs.at(-1);
    return last === undefined ? 1 : last.at + last.count;
  }

  get runs(): readonly SharedRun[] {
    return this.#runs.map(({ at, count }) => ({ at, count }));
  }

  /**
   * Adds records that follow another one on its line.
   *
   * @throws RangeError if they are before `end`
   */
  add({ at, count }: SharedRun): void {
    if (at < this.end) throw new RangeError(`place ${at} is before ${this.end}`);
    const last = this.#runs.at(-1);
    if (last !== undefined && last.at + last.count === at) last.count += count;
    else this.#runs.push({ at, count, before: this.#total });
    this.#total += count;
  }

  /** The line of a place. */
  lineOf(place: number): number {
    const run = this.#lastWhere(({ at }) => at <= place);
    return run === undefined ? place : place - run.before - Math.min(run.count, place - run.at + 1);
  }

  /** 1-based number of the record at this place on its line; undefined if it is alone there. */
  recordOf(place: number): number | undefined {
    const run = this.#lastWhere(({ at }) => at <= place + 1);
    return run === undefined || place >= run.at + run.count ? undefined : place - run.at + 2;
  }

  /** The places of the records of a line: the first one, and their largest possible number. */
  placesOf(line: number): { readonly first: number; readonly count: number } {
    const run = this.#lastWhere(({ at, before }) => at - 1 - before <= line);
    if (run === undefined) return { first: line, count: 1 };
    const isOwn = run.at - 1 - run.before === line;
    return { first: line + run.before + (isOwn ? 0 : run.count), count: isOwn ? run.count + 1 : 1 };
  }

  #lastWhere(isBefore: (run: SharedRun & { readonly before: number }) => boolean) {
    let [from, to] = [0, this.#runs.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      const run = this.#runs[middle];
      if (run !== undefined && isBefore(run)) from = middle + 1;
      else to = middle;
    }
    return this.#runs[from - 1];
  }
}
