/** Bytes in front of a buffer with room. */
const ROOM = 1 << 16;

/** The memory of buffers whose room is still free. */
const withRoom = new WeakSet<ArrayBufferLike>();

/** A buffer with room in front of it: `joined` puts what comes before it there, and copies nothing of the buffer. */
export function bufferWithRoom(size: number): Buffer {
  const whole = Buffer.allocUnsafeSlow(ROOM + size);
  withRoom.add(whole.buffer);
  return whole.subarray(ROOM);
}

/** Joins parts; a single part is returned without a copy. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [first, second] = parts;
  if (first !== undefined && parts.length === 1) return first;
  if (first !== undefined && second !== undefined && parts.length === 2 && hasRoomFor(first, second))
    return inRoom(first, second);
  return Buffer.concat(parts);
}

function hasRoomFor(bytes: Uint8Array, { buffer, byteOffset }: Uint8Array): boolean {
  return byteOffset === ROOM && bytes.length <= ROOM && withRoom.has(buffer);
}

/** Room is used once: later bytes must not change what has been joined. */
function inRoom(bytes: Uint8Array, { buffer, length }: Uint8Array): Uint8Array {
  withRoom.delete(buffer);
  const all = Buffer.from(buffer, ROOM - bytes.length, bytes.length + length);
  all.set(bytes);
  return all;
}
