/** A part of a log: which one, from 1, and of how many. */
export interface Part {
  readonly number: number;
  readonly of: number;
}

/** The largest number of parts that a log may have. */
export const MOST_PARTS = 1_000_000;

/** The parts that a state covers. */
export interface Parts {
  /** How many runs have read them; each counts once, however often states were merged. */
  readonly runs: number;
  /** Their numbers, from the first to the last; left out where the runs have none. */
  readonly range?: PartRange;
  /**
   * The number of merged states without a part number, if `--expect` did not give their number; left out if there are
   * none.
   */
  readonly unaccounted?: number;
}

export interface PartRange {
  readonly first: number;
  readonly last: number;
  readonly of: number;
}

/** True if the parts are all parts of their log. */
export function isWhole({ first, last, of }: PartRange): boolean {
  return first === 1 && last === of;
}

/** The parts of one run. */
export function partsOfRun(part: Part | undefined): Parts {
  if (part === undefined) return { runs: 1 };
  return { runs: 1, range: { first: part.number, last: part.number, of: part.of } };
}

export function partWords({ first, last, of }: PartRange): string {
  return first === last ? `part ${first} of ${of}` : `parts ${first} to ${last} of ${of}`;
}
