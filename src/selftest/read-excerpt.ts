import { complaintAbout } from "../input/find/foreign.js";
import type { Foreign } from "../input/find/foreign-kinds.js";
import { unlessForeign } from "../input/find/refused-streams.js";
import { DEFAULT_RECORD_LIMIT } from "../input/frame/blocks.js";
import { recordBlocks } from "../input/frame/record-blocks.js";
import { fileSize } from "../input/open/file-mark.js";
import { openInput } from "../input/open/open.js";
import { isReadError, reasonOf } from "../input/open/reasons.js";
import { recordsOf } from "../input/record/records.js";
import { NOT_UNWRAPPED, type Unwrapping } from "../input/record/unwrapping.js";
import { NO_TERMS } from "../model/likeness.js";
import type { LogRecord } from "../model/subject.js";
import { isShapeTold, recognisedAs, unwrappingFor } from "../run/blocks/block-reader.js";
import type { CheckOptions } from "../run/check-options.js";
import { type FoundInputs, type Input, inputAt, inputName, JUDGE } from "../run/inputs.js";
import { Excerpt, type HeldRecord } from "./excerpt.js";

/** The parts of the inputs that were read, and those that were not. */
export interface ReadExcerpt {
  readonly excerpt: Excerpt;
  /** By path, in the order of the inputs. */
  readonly inputs: ReadonlyMap<string, ReadInput>;
}

export interface ReadInput {
  readonly isDocument: boolean;
  readonly records: readonly HeldRecord[];
  /** True if the input has more records than these. */
  readonly isCut: boolean;
  /** Why it could not be read to its end. */
  readonly problem?: string;
}

/** The most bytes of text that an excerpt holds: 16 MiB. */
const MOST_BYTES = 1 << 24;

/** How much more an excerpt may hold. */
interface Room {
  readonly records: number;
  readonly bytes: number;
}

/**
 * Reads the beginnings of the inputs. Small inputs are read whole; the others share the room that is left.
 *
 * @param limit of all records
 */
export async function readExcerpt(
  found: FoundInputs,
  limit: number,
  options: CheckOptions,
): Promise<ReadExcerpt> {
  const byPath = new Map<string, ReadInput>();
  const paths = bySize(found.files);
  let [records, bytes] = [limit, MOST_BYTES];
  for (const [index, path] of paths.entries()) {
    const left = paths.length - index;
    const room = { records: Math.ceil(records / left), bytes: Math.ceil(bytes / left) };
    const read = await readInput(await inputAt(path, found, options.kinds), room, options);
    byPath.set(path, read);
    if (read.isDocument) continue;
    records -= read.records.length;
    bytes -= read.records.reduce((sum, { text }) => sum + text.length, 0);
  }
  const inputs = new Map(found.files.map((path) => [path, byPath.get(path) as ReadInput]));
  return { excerpt: new Excerpt([...inputs.values()].flatMap((input) => input.records)), inputs };
}

/** Smallest first; a stream has no size and comes last. */
function bySize(paths: readonly string[]): readonly string[] {
  const sizes = new Map(paths.map((path) => [path, fileSize(path) ?? Number.POSITIVE_INFINITY]));
  return [...paths].sort((a, b) => {
    const [one, other] = [sizes.get(a) ?? 0, sizes.get(b) ?? 0];
    return one === other ? 0 : one - other;
  });
}

async function readInput(input: Input, room: Room, options: CheckOptions): Promise<ReadInput> {
  const { path, kind, document } = input;
  if (document === undefined) return readLog(input, room, options);
  const { record } = document;
  const isReadable = record.document?.isReadable !== false;
  const subject = isReadable ? recognisedAs(kind, record.value) : undefined;
  const held = { path, line: 1, place: 1, text: record.text, subject, document };
  return { isDocument: true, records: [held], isCut: false };
}

async function readLog({ path, kind }: Input, room: Room, options: CheckOptions): Promise<ReadInput> {
  const records: HeldRecord[] = [];
  const name = inputName(path, options);
  let bytes = 0;
  let complaint: string | undefined;
  const refuse = (foreign: Foreign): void => {
    complaint = complaintAbout(foreign);
  };
  try {
    for await (const { record, line } of logRecords({ path, kind }, options, refuse)) {
      const text = lineOf(record);
      if (text === undefined) continue;
      if (records.length >= room.records || bytes + text.length > room.bytes)
        return { isDocument: false, records, isCut: true };
      bytes += text.length;
      const subject = "value" in record ? recognisedAs(kind, record.value) : undefined;
      records.push({ path: name, line, place: records.length + 1, text, subject });
    }
  } catch (error) {
    // A stream that an interruption closes ends with an error of its own.
    options.signal?.throwIfAborted();
    if (!isReadError(error)) throw error;
    complaint = reasonOf(error);
  }
  return { isDocument: false, records, isCut: false, ...(complaint !== undefined && { problem: complaint }) };
}

async function* logRecords(
  { path, kind }: Input,
  { stdin, signal, unwrap = "auto", maxRecordBytes = DEFAULT_RECORD_LIMIT }: CheckOptions,
  refuse: (foreign: Foreign) => void,
): AsyncGenerator<{ readonly record: LogRecord; readonly line: number }> {
  const unwrapping: Unwrapping = isShapeTold(kind) ? unwrappingFor(unwrap) : NOT_UNWRAPPED;
  const { chunks } = openInput(path, { ...(stdin && { stdin }), ...(signal && { signal }) });
  const isKnown = kind !== undefined || fileSize(path) !== undefined;
  const checked = isKnown ? chunks : unlessForeign(chunks, { judge: JUDGE, isFollowed: false, refuse });
  let before = 0;
  for await (const block of recordBlocks(checked, maxRecordBytes, unwrapping.parts)) {
    for (const record of recordsOf(block, NO_TERMS, unwrapping))
      yield { record, line: before + record.line + 1 };
    before += block.lines;
  }
}

/** A text that cannot be a record, or the beginning of one. */
const UNREADABLE = "}";

/** Texts that may begin a record over several lines, or an array of all. */
const BEGINNING = /^\s*(?:\[|.?\s*$)/;

/** The record on one line; undefined for console output. JSON has line breaks between its values only. */
function lineOf(record: LogRecord): string | undefined {
  const text = record.text.replaceAll(/[\r\n]+/g, " ");
  if ("value" in record) return text;
  if (record.malformed === "other-output") return undefined;
  return BEGINNING.test(text) ? UNREADABLE : text;
}
