const PAGE_BITS = 12;
const PAGE_SIZE = 1 << PAGE_BITS;

/** A column of numbers that grows by pages: nothing is copied, and at most one page is empty. */
class Column {
  readonly #pages: Uint32Array[] = [];

  /** Memory taken by the pages so far. */
  get bytes(): number {
    return this.#pages.length * PAGE_SIZE * Uint32Array.BYTES_PER_ELEMENT;
  }

  /** The number of a row; 0 if the row was never set. */
  get(row: number): number {
    return this.#pages[row >>> PAGE_BITS]?.[row & (PAGE_SIZE - 1)] ?? 0;
  }

  set(row: number, value: number): void {
    const number = row >>> PAGE_BITS;
    while (this.#pages.length <= number) this.#pages.push(new Uint32Array(PAGE_SIZE));
    const page = this.#pages[number];
    if (page !== undefined) page[row & (PAGE_SIZE - 1)] = value;
  }
}

/** Whole numbers from 0 up to 2^32 - 1, four bytes each. */
export function wordColumn(): Column {
  return new Column();
}
