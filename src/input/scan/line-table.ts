import type { Terms } from "../../model/likeness.js";
import type { RecordSpan } from "../frame/blocks.js";

/** The result of scanning one record. The digests and the likeness are whole numbers up to 2^52. */
export interface Scanned {
  /** Bits of SIGN and FLAG. */
  readonly flags: number;
  readonly content: number;
  readonly delivery: number;
  readonly likeness: number;
}

/** The bounds of a table: offsets in the block, and line numbers. */
export interface LineStretch {
  readonly from: number;
  readonly line: number;
  readonly end: number;
  readonly endLine: number;
}

/** The scanner's results for lines of a block, one row each, in order. */
export class LineTable {
  /**
   * Bytes of a row: four 32-bit words, two digests and the likeness as doubles, and six values of this record alone;
   * see assembly/index.ts.
   */
  static readonly ROW = 88;

  readonly count: number;
  readonly #stretch: LineStretch;
  readonly #words: Uint32Array;
  readonly #doubles: Float64Array;

  constructor(rows: ArrayBuffer, stretch: LineStretch) {
    this.count = rows.byteLength / LineTable.ROW;
    this.#stretch = stretch;
    this.#words = new Uint32Array(rows);
    this.#doubles = new Float64Array(rows);
  }

  /** The start of the next table, and its first line. */
  get end(): number {
    return this.#stretch.end;
  }

  get endLine(): number {
    return this.#stretch.endLine;
  }

  /** The line's text, without \n or \r\n. */
  spanOf(row: number): RecordSpan {
    const { from, line } = this.#stretch;
    const [start, end] = [from + this.#word(row, 0), from + this.#word(row, 1)];
    return { start, end, line: line + this.#word(row, 2), column: 1 };
  }

  scannedOf(row: number): Scanned {
    return {
      flags: this.#word(row, 3),
      content: this.#doubles[row * DOUBLES + 2] ?? 0,
      delivery: this.#doubles[row * DOUBLES + 3] ?? 0,
      likeness: this.#doubles[row * DOUBLES + 4] ?? 0,
    };
  }

  /** Puts the values that may differ between alike records into an object. */
  putOwnValues(row: number, bytes: Buffer, { members }: Terms, into: Record<string, unknown>): void {
    for (let column = FIRST_OWN; column < WORDS; column += 2) {
      const lengthAndMember = this.#word(row, column + 1);
      if (lengthAndMember === 0) return;
      const start = this.#stretch.from + this.#word(row, column);
      // The values are ASCII.
      into[members[lengthAndMember >>> 16] ?? ""] = bytes.toString(
        "latin1",
        start,
        start + (lengthAndMember & 0xffff),
      );
    }
  }

  #word(row: number, column: number): number {
    return this.#words[row * WORDS + column] ?? 0;
  }
}

const WORDS = LineTable.ROW / 4;
/** The first column of the record's own values; each takes two columns. */
const FIRST_OWN = 10;
const DOUBLES = LineTable.ROW / 8;
