import type { Observation } from "../../model/observation.js";
import { isAnother } from "../memory/is-another.js";
import { numberAt, wordAt } from "../memory/number-at.js";

const PAGE_BITS = 10;
const PAGE_ROWS = 1 << PAGE_BITS;
/** Words of a row: the row of its key before it, plus 1; the number of its value; its line and input; its count. */
const [BEFORE_WORD, VALUE_WORD, LINE_WORD, INPUT_WORD, COUNT_WORD] = [0, 1, 2, 3, 4];
/** Doubles of a row after its words: its attachment and the seconds of its instant, or NaN, and the fraction. */
const [ATTACHMENT_DOUBLE, SECONDS_DOUBLE, FRACTION_DOUBLE] = [3, 4, 5];
const ROW_DOUBLES = 6;

/** An observation of a value, as it comes. */
export interface ValueRow {
  /** The number of its value. */
  value: number;
  line: number;
  input: number;
  count: number;
  attachment: number;
  seconds: number;
  fraction: number;
}

interface Page {
  readonly words: Uint32Array;
  /** The same memory. */
  readonly doubles: Float64Array;
}

/** Observations of numbered values, each with the one of its key before it: 48 bytes each. */
export class ValueRows {
  readonly #pages: Page[] = [];
  #size = 0;

  /** Memory taken, in bytes. */
  get bytes(): number {
    return this.#pages.length * PAGE_ROWS * ROW_DOUBLES * 8;
  }

  /**
   * Appends an observation; gives its row.
   *
   * @param before that of its key before it, plus 1; 0 for the first one
   */
  append({ value, line, input, count, attachment, seconds, fraction }: ValueRow, before: number): number {
    if (this.#size % PAGE_ROWS === 0) this.#addPage();
    const row = this.#size++;
    const { words, doubles } = this.#page(row);
    const at = doubleOf(row);
    words[2 * at + BEFORE_WORD] = before;
    words[2 * at + VALUE_WORD] = value;
    words[2 * at + LINE_WORD] = line;
    words[2 * at + INPUT_WORD] = input;
    // Rules only ask if a value came again, and the count in a state is not trusted.
    words[2 * at + COUNT_WORD] = count > 1 ? 2 : 1;
    doubles[at + ATTACHMENT_DOUBLE] = attachment;
    doubles[at + SECONDS_DOUBLE] = seconds;
    doubles[at + FRACTION_DOUBLE] = fraction;
    return row;
  }

  /** The row before one of the same key; negative if there is none. */
  before(row: number): number {
    return this.#word(row, BEFORE_WORD) - 1;
  }

  valueOf(row: number): number {
    return this.#word(row, VALUE_WORD);
  }

  countOf(row: number): number {
    return this.#word(row, COUNT_WORD);
  }

  hasInstant(row: number): boolean {
    return !Number.isNaN(numberAt(this.#page(row).doubles, doubleOf(row) + SECONDS_DOUBLE));
  }

  /** Counts another observation of the value of a row, if it is one. */
  add(row: number, { count, attachment }: ValueRow): void {
    const { words, doubles } = this.#page(row);
    const at = doubleOf(row);
    const first = {
      count: wordAt(words, 2 * at + COUNT_WORD),
      attachment: attached(numberAt(doubles, at + ATTACHMENT_DOUBLE)),
    };
    if (isAnother(first, count, attached(attachment))) words[2 * at + COUNT_WORD] = 2;
  }

  /** The observation of a row, with this value. */
  observation(row: number, value: unknown): Observation<unknown> {
    const { words, doubles } = this.#page(row);
    const at = doubleOf(row);
    const position = { input: wordAt(words, 2 * at + INPUT_WORD), line: wordAt(words, 2 * at + LINE_WORD) };
    const count = wordAt(words, 2 * at + COUNT_WORD);
    const attachment = this.attachmentOf(row);
    const seconds = numberAt(doubles, at + SECONDS_DOUBLE);
    const fraction = numberAt(doubles, at + FRACTION_DOUBLE);
    return {
      value,
      at: position,
      ...(!Number.isNaN(seconds) && { instant: { seconds, fraction } }),
      ...(count > 1 && { count }),
      ...(attachment !== undefined && { attachment }),
    };
  }

  attachmentOf(row: number): number | undefined {
    return attached(numberAt(this.#page(row).doubles, doubleOf(row) + ATTACHMENT_DOUBLE));
  }

  #word(row: number, word: number): number {
    return wordAt(this.#page(row).words, 2 * doubleOf(row) + word);
  }

  #addPage(): void {
    const doubles = new Float64Array(PAGE_ROWS * ROW_DOUBLES);
    this.#pages.push({ words: new Uint32Array(doubles.buffer), doubles });
  }

  #page(row: number): Page {
    const page = this.#pages[row >>> PAGE_BITS];
    if (page === undefined) throw new RangeError(`no row ${row}`);
    return page;
  }
}

function attached(number: number): number | undefined {
  return Number.isNaN(number) ? undefined : number;
}

function doubleOf(row: number): number {
  return (row % PAGE_ROWS) * ROW_DOUBLES;
}
