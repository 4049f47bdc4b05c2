import type { FileHandle } from "node:fs/promises";
import { parsedJson } from "../model/parsed-json.js";
import { endOfValue } from "./body/lines.js";

/** Thrown if lines could not be stored, or a file cannot be a capture. Nothing of them is in the file. */
export class CaptureError extends Error {}

const LINE_FEED = 0x0a;
const OPEN_BRACE = 0x7b;
const CHUNK = 1 << 16;
/** Lines that are looked into are read up to this length: 64 MiB. */
const LONGEST = 1 << 26;

/** What a capture holds when it is opened. */
export interface Stored {
  readonly bytes: number;
  readonly lines: number;
  /** Bytes of a last line without an end that were removed. */
  readonly cut: number;
}

/**
 * Counts the lines of a capture and ends it with a line end: an unfinished last line is removed, a whole one ended.
 *
 * @param path its name in messages
 * @throws CaptureError if the file is no capture, or its last line may be something else than half a record; it is then
 *   as it was
 */
export async function storedIn(file: FileHandle, path: string): Promise<Stored> {
  const { size } = await file.stat();
  const layout = await layoutOf(file, size);
  const { lines, end, odd } = layout;
  if (odd === 1 && !(await beginsWithValue(file, layout, size)))
    throw new CaptureError(
      `${path} is no capture: its first line is no record, {...}; name another file with --capture`,
    );
  if (odd !== undefined && (await isOneDocument(file, size)))
    throw new CaptureError(
      `${path} is no capture: it is one JSON document over several lines; name another file with --capture`,
    );
  if (end === size) return { bytes: size, lines, cut: 0 };
  if (size - end > LONGEST)
    throw new CaptureError(`${path}: its last line has no end, and is too long for a record: remove it`);
  const last = await textIn(file, end, size);
  if (parsedJson(last) !== undefined) {
    await file.write("\n");
    return { bytes: size + 1, lines: lines + 1, cut: 0 };
  }
  if (odd !== undefined)
    throw new CaptureError(
      `${path}: line ${odd} does not begin with {, so that its unfinished last line may be no record: end or remove it`,
    );
  if (endOfValue(Buffer.from(last)) !== undefined)
    throw new CaptureError(
      `${path}: its last line has no end, and holds a whole record and more: end or remove it`,
    );
  await file.truncate(end);
  return { bytes: end, lines, cut: size - end };
}

/** Where the lines of a file are. */
interface Layout {
  /** The number of lines with an end. */
  readonly lines: number;
  /** Behind the first line, and after the last one that has an end. */
  readonly firstEnd: number;
  readonly end: number;
  /** The number of the first line that begins unlike a record; the last one may have no end. */
  readonly odd: number | undefined;
}

async function layoutOf(file: FileHandle, size: number): Promise<Layout> {
  let [lines, firstEnd, end] = [0, size, 0];
  let odd: number | undefined;
  const buffer = Buffer.alloc(CHUNK);
  for (let at = 0; at < size; ) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(CHUNK, size - at), at);
    if (bytesRead === 0) break;
    const chunk = buffer.subarray(0, bytesRead);
    for (let from = 0; from < bytesRead; from = end - at) {
      if (at + from === end && chunk[from] !== OPEN_BRACE) odd ??= lines + 1;
      const next = chunk.indexOf(LINE_FEED, from);
      if (next < 0) break;
      end = at + next + 1;
      if (lines++ === 0) firstEnd = end;
    }
    at += bytesRead;
  }
  return { lines, firstEnd, end, odd };
}

/** A sender may have posted an array of texts: the first line is then a value, if no object. */
async function beginsWithValue(
  file: FileHandle,
  { lines, firstEnd }: Layout,
  size: number,
): Promise<boolean> {
  const length = lines === 0 ? size : firstEnd;
  if (length > LONGEST) return false;
  const value = parsedJson(await textIn(file, 0, length));
  return value !== undefined && !Array.isArray(value);
}

/**
 * A report or a configuration, to which no line may be added. A file is not a capture if a line does not begin like a
 * record.
 */
async function isOneDocument(file: FileHandle, size: number): Promise<boolean> {
  if (size > LONGEST) return false;
  const text = await textIn(file, 0, size);
  return text.trim().includes("\n") && parsedJson(text) !== undefined;
}

async function textIn(file: FileHandle, from: number, to: number): Promise<string> {
  const bytes = Buffer.alloc(to - from);
  await file.read(bytes, 0, bytes.length, from);
  return bytes.toString("utf8");
}
