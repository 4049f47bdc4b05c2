import { ROW, rowSize } from "../../model/kinds.js";
import { KEY_SLOTS } from "./batch.js";

const [WORD, DOUBLE] = [4, 8];

/** The parts of rows of numbers: where they stand in words and in doubles. */
export const SLOTS_WORD = ROW.SLOTS_BYTE / WORD;
export const NUMBERS_DOUBLE = rowSize(KEY_SLOTS, 0) / DOUBLE;

export const NO_BYTES = new ArrayBuffer(0);

/** The rows of a batch, as numbers. */
export interface RowView {
  readonly words: Uint32Array;
  readonly doubles: Float64Array;
  /** Words and doubles of a row. */
  readonly wordsApart: number;
  readonly doublesApart: number;
  readonly count: number;
}

/** @param width numbers in a row */
export function viewOfRows(rows: ArrayBuffer, width: number): RowView {
  const size = rowSize(KEY_SLOTS, width);
  return {
    words: new Uint32Array(rows),
    doubles: new Float64Array(rows),
    wordsApart: size / WORD,
    doublesApart: size / DOUBLE,
    count: rows.byteLength / size,
  };
}
