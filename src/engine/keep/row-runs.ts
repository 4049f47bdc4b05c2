import { ROW } from "../../model/kinds.js";
import type { RowBatch } from "./batch.js";
import { type RowView, viewOfRows } from "./row-view.js";

/** Rows that follow each other in one list. */
export interface RowRun {
  readonly view: RowView;
  readonly from: number;
  readonly end: number;
  /** True for rows of the batch's own list. */
  readonly isOwn: boolean;
}

/** All rows of a batch in the order of their lines. Of one line, its own rows come first. */
export function runsOf({ own, known, width }: Pick<RowBatch, "own" | "known" | "width">): Iterable<RowRun> {
  const [mine, theirs] = [viewOfRows(own, width), viewOfRows(known, width)];
  // Most blocks have no rows of their own.
  if (mine.count === 0) return [{ view: theirs, from: 0, end: theirs.count, isOwn: false }];
  return runsInTurn(mine, theirs);
}

function* runsInTurn(mine: RowView, theirs: RowView): Generator<RowRun> {
  let taken = 0;
  for (let row = 0; row < mine.count; ) {
    const before = firstWhere(theirs, taken, (line) => line >= lineOf(mine, row));
    if (before > taken) yield { view: theirs, from: taken, end: before, isOwn: false };
    taken = before;
    const next = taken < theirs.count ? lineOf(theirs, taken) : Number.POSITIVE_INFINITY;
    const end = firstWhere(mine, row + 1, (line) => line > next);
    yield { view: mine, from: row, end, isOwn: true };
    row = end;
  }
  if (taken < theirs.count) yield { view: theirs, from: taken, end: theirs.count, isOwn: false };
}

/** The first row from `from` on with such a line; the number of rows where there is none. */
function firstWhere(view: RowView, from: number, isSuch: (line: number) => boolean): number {
  let row = from;
  while (row < view.count && !isSuch(lineOf(view, row))) row++;
  return row;
}

function lineOf({ words, wordsApart }: RowView, row: number): number {
  return words[row * wordsApart + ROW.LINE_WORD] ?? 0;
}
