const PAGE_BITS = 12;
const PAGE_SIZE = 1 << PAGE_BITS;

type Words = Uint32Array | Float64Array;

/** A column of numbers that grows by pages: nothing is ever copied, and a page is the most that is empty. */
class Column<Page extends Words> {
  readonly #pages: Page[] = [];
  readonly #newPage: (length: number) => Page;

  constructor(newPage: (length: number) => Page) {
    this.#newPage = newPage;
  }

  /** Memory taken by the pages so far. */
  get bytes(): number {
    return this.#pages.length * (this.#pages[0]?.byteLength ?? 0);
  }

  get(row: number): number {
    return this.#pages[row >>> PAGE_BITS]?.[row & (PAGE_SIZE - 1)] ?? 0;
  }

  set(row: number, value: number): void {
    const number = row >>> PAGE_BITS;
    while (this.#pages.length <= number) this.#pages.push(this.#newPage(PAGE_SIZE));
    const page = this.#pages[number];
    if (page !== undefined) page[row & (PAGE_SIZE - 1)] = value;
  }
}

/** Whole numbers from 0 up to 2^32 - 1, four bytes each. */
export function wordColumn(): Column<Uint32Array> {
  return new Column((length) => new Uint32Array(length));
}

/** Any numbers, eight bytes each. */
export function numberColumn(): Column<Float64Array> {
  return new Column((length) => new Float64Array(length));
}
