import type { Block } from "./blocks.js";

/** A block of lines in its input: its first line, from 0, and its bytes, decompressed. */
export interface IndexedBlock {
  readonly firstLine: number;
  readonly lines: number;
  readonly offset: number;
  readonly length: number;
}

/** Records the place of the blocks in an input, so that single lines can be read again. */
export class BlockIndex {
  #blocks: IndexedBlock[] | undefined = [];
  #lines = 0;

  /** Every block with a readable record; undefined if one of them is not a stretch of the input. */
  get blocks(): readonly IndexedBlock[] | undefined {
    return this.#blocks;
  }

  /** Takes the blocks of an input in order. */
  add({ bytes, lines, offset, records }: Block): void {
    const firstLine = this.#lines;
    this.#lines += lines;
    if (offset !== undefined) this.#blocks?.push({ firstLine, lines, offset, length: bytes.length });
    else if (records?.every(({ problem }) => problem !== undefined) !== true) this.#blocks = undefined;
  }
}
