import type { FileHandle } from "node:fs/promises";
import { parsedJson } from "../model/parsed-json.js";

/** Thrown if lines could not be stored. Nothing of them is in the file. */
export class CaptureError extends Error {}

const LINE_FEED = 0x0a;
const CHUNK = 1 << 16;
/** A last line without an end is read up to this length: 64 MiB. */
const LONGEST = 1 << 26;

/** What a capture holds when it is opened. */
export interface Stored {
  readonly bytes: number;
  readonly lines: number;
  /** Bytes of a last line without an end that were removed. */
  readonly cut: number;
}

/** Counts the lines of a file and ends it with a line end: an unfinished last line is removed, a whole one ended. */
export async function storedIn(file: FileHandle): Promise<Stored> {
  const { size } = await file.stat();
  let [lines, end] = [0, 0];
  const buffer = Buffer.alloc(CHUNK);
  for (let at = 0; at < size; ) {
    const { bytesRead } = await file.read(buffer, 0, CHUNK, at);
    if (bytesRead === 0) break;
    for (let next = buffer.indexOf(LINE_FEED); next >= 0 && next < bytesRead; ) {
      lines++;
      end = at + next + 1;
      next = buffer.indexOf(LINE_FEED, next + 1);
    }
    at += bytesRead;
  }
  if (end === size) return { bytes: size, lines, cut: 0 };
  if (size - end > LONGEST) throw new CaptureError("its last line has no end, and is too long for a record");
  const last = Buffer.alloc(size - end);
  await file.read(last, 0, last.length, end);
  if (parsedJson(last.toString("utf8")) === undefined) {
    await file.truncate(end);
    return { bytes: end, lines, cut: size - end };
  }
  await file.write("\n");
  return { bytes: size + 1, lines: lines + 1, cut: 0 };
}
