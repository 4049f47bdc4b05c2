/** The window descriptor of 2 to the power of so many bytes. */
export const windowOf = (log: number): number => (log - 10) << 3;
/** The most bytes that a block of a frame stands for. */
export const BLOCK = 1 << 17;

/** A frame of blocks that are stored as they are. */
export function stored(bytes: Uint8Array, window: number = windowOf(17)): Buffer {
  const parts: Uint8Array[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, window])];
  for (let from = 0; from === 0 || from < bytes.length; from += BLOCK) {
    const block = bytes.subarray(from, from + BLOCK);
    parts.push(blockHeader(block.length, 0, from + BLOCK >= bytes.length), block);
  }
  return Buffer.concat(parts);
}

/** What precedes a block: its size, and whether it is stored (0) or repeats a byte (1). */
export function blockHeader(size: number, type: number, isLast: boolean): Buffer {
  const header = Buffer.alloc(3);
  header.writeUIntLE(size * 8 + type * 2 + Number(isLast), 0, 3);
  return header;
}
