import { isUtf8 } from "node:buffer";

/** A record, or a line that holds none, as a line of a log of its own. */
export interface Piece {
  /** Without its line end. */
  readonly text: string;
  /** Bytes that are no UTF-8 are kept one by one. */
  readonly encoding: "utf8" | "latin1";
  /** Where it was: the number of its input, its line from 1, its number on that line from 1 (0 is the whole line). */
  readonly input: number;
  readonly line: number;
  readonly number: number;
}

export function pieceOf(bytes: Uint8Array, place: Omit<Piece, "text" | "encoding">): Piece {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const encoding = isUtf8(buffer) ? "utf8" : "latin1";
  return { text: buffer.toString(encoding), encoding, ...place };
}

/** The bytes of a piece, with a line end. */
export function lineOf({ text, encoding }: Piece): Buffer {
  return Buffer.from(`${text}\n`, encoding);
}

/** Sorts pieces as their log has them. */
export function byPlace(a: Piece, b: Piece): number {
  return a.input - b.input || a.line - b.line || a.number - b.number;
}
