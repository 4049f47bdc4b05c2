import { createHash } from "node:crypto";
import { fileSize } from "../input/open/file-mark.js";
import { openInput } from "../input/open/open.js";
import { isReadError, reasonOf } from "../input/open/reasons.js";
import { MAX_DEPTH, parsedJson } from "../model/parsed-json.js";
import type { Parts } from "../model/part.js";
import { isJsonObject } from "../model/subject.js";
import { MAX_LINE_BYTES, MAX_TEXT_LENGTH, type RunState, STATE_VERSION } from "./run-state.js";
import { StateError } from "./state-error.js";
import { type StateSchema, stateSchema } from "./state-schema.js";
import { type Entries, EntryTaker, type ReadAs, type StateReading } from "./take-entries.js";
import { textLines } from "./text-lines.js";

/**
 * Adds a state to a run, as if the run had read its inputs next; a stream may hold several, one after another. It is not
 * trusted and is added line by line: if it is refused, the lines before the error have been added already.
 *
 * @param path of the file, "-" for standard input; it may be compressed
 * @returns the parts of the log that each state covers; of the judged partitions of a log, those of the first
 * @throws StateError if the file cannot be read, is no complete state, or does not fit the run
 */
export async function addStates(
  path: string,
  run: RunState,
  reading: StateReading,
): Promise<readonly Parts[]> {
  const readers = await readStates(path, run, reading, { kind: "state" });
  return readers.flatMap(({ parts, isFurther }) => (isFurther ? [] : [parts]));
}

/**
 * Reads the states in a file.
 *
 * @throws StateError as `addStates` does
 */
export async function readStates(
  path: string,
  run: RunState,
  reading: StateReading,
  as: ReadAs,
): Promise<readonly StateReader[]> {
  const schema = await stateSchema();
  let reader = new StateReader(new EntryTaker(run, reading, schema, as), schema);
  const readers = [reader];
  const isStream = as.kind === "state" && fileSize(path) === undefined;
  let before = 0;
  const { signal } = reading;
  try {
    const { chunks } = openInput(path, signal === undefined ? {} : { signal });
    for await (const line of textLines(chunks, MAX_LINE_BYTES)) {
      signal?.throwIfAborted();
      if (reader.hasEnded) {
        if (!isStream) throw new StateError("there is more after the end");
        before += reader.line;
        reader = new StateReader(new EntryTaker(run, reading, schema, as), schema);
        readers.push(reader);
      }
      await reader.take(line);
    }
    reader.finish();
    return readers;
  } catch (error) {
    if (signal?.aborted === true) throw new StateError(`${path}: interrupted, nothing was judged`);
    if (error instanceof StateError)
      throw new StateError(`${path}:${Math.max(1, before + reader.line)}: ${error.message}`);
    if (!isReadError(error)) throw error;
    throw new StateError(`${path}: ${whyNoState(error)}`);
  }
}

/** Somebody may have taken the folder of a dealt state for a state, or a state for such a folder. */
function whyNoState(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EISDIR") return "is a folder: a state that was dealt into one is judged by merge --partition";
  if (code === "ENOTDIR") return "merge --partition takes folders, which --partitions writes";
  return reasonOf(error);
}

/**
 * Responsible for: the lines of one state, from its header to its end.
 * May not: judge, or know what an entry means.
 */
export class StateReader {
  readonly #taker: EntryTaker;
  readonly #schema: StateSchema;
  readonly #hash = createHash("sha256");
  /** Number of lines so far. */
  line = 0;
  hasEnded = false;
  /** Digest of the lines; "" before the end. */
  digest = "";
  /** Characters so far in lines whose rows hold more than numbers. */
  #textLength = 0;

  constructor(taker: EntryTaker, schema: StateSchema) {
    this.#taker = taker;
    this.#schema = schema;
  }

  /** The parts of the log that the state covers. */
  get parts(): Parts {
    return this.#taker.parts;
  }

  /** Digests of the partitions that were dealt; undefined for other states. */
  get dealt(): Entries["dealt"] | undefined {
    return this.#taker.dealt;
  }

  /** True for a judged partition that is not the first one. */
  get isFurther(): boolean {
    return this.#taker.isFurther;
  }

  async take(text: string): Promise<void> {
    this.line++;
    const entry = parsed(text);
    if (this.line === 1) refuseOthers(entry);
    const complaint = this.#schema.line(entry);
    if (complaint !== undefined) throw new StateError(`this is no line of a state: ${complaint}`);
    this.#countText(entry, text.length);
    // The schema lets a line have one member.
    for (const [kind, value] of Object.entries(entry)) await this.#takeEntry(kind, value);
    if (!this.hasEnded) this.#hash.update(text).update("\n");
  }

  /** @throws StateError if the end is missing */
  finish(): void {
    if (!this.hasEnded) throw new StateError("the state ends too early: what follows is missing");
  }

  /** Rows of numbers are excluded: their stores count their own memory. */
  #countText({ kept, firsts = kept }: Readonly<Record<string, unknown>>, length: number): void {
    const [row] = (firsts as Entries["kept"] | undefined)?.rows ?? [];
    const [value] = row === undefined ? [] : [row[3]].flat();
    if (typeof value === "number" && row?.[7] === undefined) return;
    this.#textLength += length;
    if (this.#textLength > MAX_TEXT_LENGTH)
      throw new StateError(`the state holds more than ${MAX_TEXT_LENGTH} characters besides numbers`);
  }

  #takeEntry(kind: string, value: unknown): void | Promise<void> {
    if ((kind === "header") !== (this.line === 1))
      throw new StateError("a state has one header, on its first line");
    if (kind !== "end") return this.#taker.take(kind as keyof Entries, value);
    const { lines, sha256 } = value as { readonly lines: number; readonly sha256: string };
    this.digest = this.#hash.digest("hex");
    if (lines !== this.line - 1 || sha256 !== this.digest)
      throw new StateError("the file is damaged: its lines are not those that were written");
    this.#taker.finish();
    this.hasEnded = true;
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  // A state wraps a record, so it may nest deeper than one.
  const value = parsedJson(text, 2 * MAX_DEPTH);
  if (isJsonObject(value)) return value;
  throw new StateError("this is no line of a state of mplp-check");
}

/** Refuses files that are no state, and states of another version, with a message of their own. */
function refuseOthers({ header }: Readonly<Record<string, unknown>>): void {
  if (!isJsonObject(header)) throw new StateError("this is no state of mplp-check: --state-out writes one");
  const { version } = header;
  if (typeof version === "number" && version !== STATE_VERSION)
    throw new StateError(`the state is of version ${version}, and only version ${STATE_VERSION} is read`);
}
