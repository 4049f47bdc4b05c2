/** Bytes that arrive in chunks, for readers that need other sizes. */
export class ByteSource {
  readonly #chunks: AsyncGenerator<Uint8Array>;
  /** Bytes that arrived and have not been taken. */
  #held: Uint8Array = new Uint8Array(0);

  constructor(chunks: AsyncGenerator<Uint8Array>) {
    this.#chunks = chunks;
  }

  /** The next `length` bytes without taking them; fewer at the end. */
  async peek(length: number): Promise<Uint8Array> {
    while (this.#held.length < length && (await this.#more()));
    return this.#held.subarray(0, length);
  }

  /** Takes `length` bytes; fewer at the end. */
  async take(length: number): Promise<Uint8Array> {
    const bytes = await this.peek(length);
    this.#held = this.#held.subarray(bytes.length);
    return bytes;
  }

  /** Takes the next chunk as it arrives; undefined at the end. */
  async next(): Promise<Uint8Array | undefined> {
    if (this.#held.length === 0 && !(await this.#more())) return undefined;
    return this.take(this.#held.length);
  }

  /** Puts back the bytes that were taken last. */
  putBack(bytes: Uint8Array): void {
    this.#held = this.#held.length === 0 ? bytes : Buffer.concat([bytes, this.#held]);
  }

  async isAtEnd(): Promise<boolean> {
    return (await this.peek(1)).length === 0;
  }

  async skipZeros(): Promise<void> {
    for (;;) {
      const place = this.#held.findIndex((byte) => byte !== 0);
      this.#held = place < 0 ? new Uint8Array(0) : this.#held.subarray(place);
      if (place >= 0 || !(await this.#more())) return;
    }
  }

  /** Takes a text up to and including its final zero; false if the zero is missing. */
  async skipText(): Promise<boolean> {
    for (;;) {
      const place = this.#held.indexOf(0);
      this.#held = this.#held.subarray(place < 0 ? this.#held.length : place + 1);
      if (place >= 0) return true;
      if (!(await this.#more())) return false;
    }
  }

  /** Takes the rest and returns its number of bytes. */
  async drain(): Promise<number> {
    let count = 0;
    for (let chunk = await this.next(); chunk !== undefined; chunk = await this.next()) count += chunk.length;
    return count;
  }

  /** Reads the next non-empty chunk; false at the end. */
  async #more(): Promise<boolean> {
    for (;;) {
      const { done, value } = await this.#chunks.next();
      if (done === true) return false;
      if (value.length === 0) continue;
      this.#held = this.#held.length === 0 ? value : Buffer.concat([this.#held, value]);
      return true;
    }
  }
}
