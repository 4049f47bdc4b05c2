/** Records that follow another one on its line: the place of the first of them, and how many there are. */
export interface SharedRun {
  readonly at: number;
  readonly count: number;
}

/**
 * The lines of an input on which several records stand. Inside, each record has a place of its own: its line, plus one
 * for each record before it that followed another on a line. So records of one line have an order; where each line is
 * one record, places are lines. Both are counted from 0.
 */
export class SharedLines {
  readonly #runs: { at: number; count: number; readonly before: number }[] = [];
  #total = 0;

  /** How many records follow another one on its line. */
  get total(): number {
    return this.#total;
  }

  /** The first place that a further run may begin at: the first record of an input follows none. */
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
   * @throws RangeError where they are before `end`
   */
  add({ at, count }: SharedRun): void {
    if (at < this.end) throw new RangeError(`place ${at} is before ${this.end}`);
    const last = this.#runs.at(-1);
    if (last !== undefined && last.at + last.count === at) last.count += count;
    else this.#runs.push({ at, count, before: this.#total });
    this.#total += count;
  }

  /** The line on which a place stands. */
  lineOf(place: number): number {
    const run = this.#lastWhere(({ at }) => at <= place);
    return run === undefined ? place : place - run.before - Math.min(run.count, place - run.at + 1);
  }

  /** Which of several records on its line has this place, from 1; undefined where it is alone. */
  recordOf(place: number): number | undefined {
    const run = this.#lastWhere(({ at }) => at <= place + 1);
    return run === undefined || place >= run.at + run.count ? undefined : place - run.at + 2;
  }

  /** The places of the records of a line: the first one, and how many there may be. */
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
