import { ROW } from "../../model/kinds.js";
import { type RowView, viewOfRows } from "./row-view.js";

/**
 * Two lists of rows as one, in the order of their lines. Of one line those of `own` come first.
 *
 * @param place called with the places of each row of `own`, there and in the result
 */
export function mergedRows(
  own: ArrayBuffer,
  others: ArrayBuffer | undefined,
  width: number,
  place?: (own: number, merged: number) => void,
): ArrayBuffer {
  if (own.byteLength === 0) return others ?? own;
  if (others === undefined || others.byteLength === 0) {
    const { count } = viewOfRows({ rows: own, width });
    for (let row = 0; row < count; row++) place?.(row, row);
    return own;
  }
  const rows = new ArrayBuffer(own.byteLength + others.byteLength);
  const target = new Uint32Array(rows);
  const [mine, theirs] = [viewOfRows({ rows: own, width }), viewOfRows({ rows: others, width })];
  const size = mine.wordsApart;
  let [taken, to] = [0, 0];
  const takeTheirs = (end: number): void => {
    if (end > taken) target.set(theirs.words.subarray(taken * size, end * size), to);
    to += (end - taken) * size;
    taken = end;
  };
  for (let row = 0; row < mine.count; row++) {
    takeTheirs(firstFrom(theirs, taken, lineOf(mine, row)));
    place?.(row, row + taken);
    // For so few words, a loop copies faster than `set`.
    for (let word = row * size; word < (row + 1) * size; word++) target[to++] = mine.words[word] ?? 0;
  }
  takeTheirs(theirs.count);
  return rows;
}

/** The first row from `from` on whose line is not below this one. */
function firstFrom(view: RowView, from: number, line: number): number {
  let row = from;
  while (row < view.count && lineOf(view, row) < line) row++;
  return row;
}

function lineOf({ words, wordsApart }: RowView, row: number): number {
  return words[row * wordsApart + ROW.LINE_WORD] ?? 0;
}
