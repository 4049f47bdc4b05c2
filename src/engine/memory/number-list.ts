type Numbers = Uint32Array | Float64Array;

/** Small enough for V8's own heap: a block may be one line, and a run may have very many blocks. */
const FIRST_LENGTH = 8;

/** A growing list of numbers. Its memory is of the type that `toArray` returns. */
export class NumberList<Kind extends Numbers> {
  #numbers: Kind;
  #length = 0;
  readonly #ofLength: (length: number) => Kind;

  constructor(ofLength: (length: number) => Kind) {
    this.#ofLength = ofLength;
    this.#numbers = ofLength(FIRST_LENGTH);
  }

  get length(): number {
    return this.#length;
  }

  push(number: number): void {
    if (this.#length === this.#numbers.length) this.#grow();
    this.#numbers[this.#length++] = number;
  }

  /** The numbers in an array without spare room. */
  toArray(): Kind {
    const array = this.#ofLength(this.#length);
    array.set(this.#numbers.subarray(0, this.#length));
    return array;
  }

  #grow(): void {
    const larger = this.#ofLength(this.#numbers.length * 2);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }
}

/** Whole numbers from 0 to 2^32 - 1. */
export function wordList(): NumberList<Uint32Array> {
  return new NumberList((length) => new Uint32Array(length));
}

export function doubleList(): NumberList<Float64Array> {
  return new NumberList((length) => new Float64Array(length));
}
