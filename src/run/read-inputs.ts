import type { InputState } from "../engine/log/input-state.js";
import { unreadErrors } from "../engine/unread-records.js";
import { complaintAbout } from "../input/find/foreign.js";
import type { Foreign } from "../input/find/foreign-kinds.js";
import { unlessForeign } from "../input/find/refused-streams.js";
import { BlockIndex } from "../input/frame/block-index.js";
import { recordBlocks } from "../input/frame/record-blocks.js";
import { type FileMark, fileSize } from "../input/open/file-mark.js";
import { type FollowedFile, type FollowOptions, followed } from "../input/open/followed.js";
import { CHUNK, type InputDigest, type OpenInput, openInput, STDIN } from "../input/open/open.js";
import { isReadError } from "../input/open/reasons.js";
import { whyNotRead } from "../input/open/why-not-read.js";
import { lookUpEvidence } from "../mapping/evidence-files.js";
import { mappingOf } from "../mapping/read-mapping.js";
import type { ParsedRecord } from "../model/subject.js";
import type { EarlierInputs } from "../state/earlier-inputs.js";
import type { RunState } from "../state/run-state.js";
import { unhurried } from "./blocks/unhurried.js";
import type { CheckOptions } from "./check-options.js";
import { type FoundInputs, type Input, inputAt, inputName, JUDGE } from "./inputs.js";
import type { OpenedDocument } from "./open-document.js";
import type { ProgressTeller } from "./progress.js";
import type { Setup } from "./setup.js";
import { unreadPartOf } from "./unread-document.js";

/**
 * Facts about the files that were read, by the number of their input. Inputs from states have none, streams have no
 * mark.
 */
export interface FilesRead {
  readonly marks: ReadonlyMap<number, FileMark>;
  /** The position of each block. */
  readonly indexes: ReadonlyMap<number, BlockIndex>;
}

const TRUNCATED =
  "the file was truncated while it was followed: lines written just before the truncation may be missing in this report";

const WRITTEN_LATER =
  "the file was written to after another file had taken its name: the late lines are not in this report";

/** After an interruption, milliseconds to wait for the block that is being read. */
const LAST_BLOCK_MS = 400;

/**
 * Responsible for: reading the inputs of a run into its state, one after another.
 * May not: judge, or say anything about findings.
 */
export class InputReader implements FilesRead {
  readonly marks = new Map<number, FileMark>();
  readonly indexes = new Map<number, BlockIndex>();
  readonly #setup: Setup;
  readonly #state: RunState;
  readonly #earlier: EarlierInputs;
  readonly #options: CheckOptions;
  readonly #teller: ProgressTeller;

  constructor(
    setup: Setup,
    state: RunState,
    { earlier, options, teller }: { earlier: EarlierInputs; options: CheckOptions; teller: ProgressTeller },
  ) {
    this.#setup = setup;
    this.#state = state;
    this.#earlier = earlier;
    this.#options = options;
    this.#teller = teller;
  }

  async readAll(found: FoundInputs): Promise<void> {
    const { queue } = this.#setup;
    const { signal } = this.#options;
    // A block may take any time, so an interrupted run soon stops waiting for it.
    const close = (): void => void setTimeout(() => queue.close(), LAST_BLOCK_MS).unref();
    signal?.addEventListener("abort", close);
    try {
      for (const [number, path] of found.files.entries()) {
        await this.#read(path, found, number);
        if (this.#isInterrupted) break;
      }
    } finally {
      signal?.removeEventListener("abort", close);
      await queue.close();
    }
  }

  get #isInterrupted(): boolean {
    return this.#options.signal?.aborted === true;
  }

  async #read(path: string, found: FoundInputs, number: number): Promise<void> {
    if (path !== STDIN && (await this.#earlier.hasFile(path))) return;
    const input = await inputAt(path, found, this.#options.kinds);
    if (input.document !== undefined) return this.#readDocument(input, input.document);
    await this.#readLog(input, number, found);
  }

  async #readDocument({ path, kind }: Input, { record, digest, change }: OpenedDocument): Promise<void> {
    const { log, documents, errors } = this.#state;
    const completed = kind === "mapping" ? await this.#withEvidence(path, record) : record;
    const result = await unhurried(this.#setup.reader(completed, kind));
    const state = log.open(path);
    if (change !== undefined) state.change = change;
    documents.set(log.inputs.length - 1, completed);
    log.take(result, 0);
    log.close();
    const unread = kind === "mapping" ? undefined : unreadPartOf(record);
    if (unread !== undefined) errors.push({ path, ...unread });
    await this.#takeDigest(path, digest);
  }

  /** Adds the evidence that a mapping's attestations point to. */
  async #withEvidence(path: string, record: ParsedRecord): Promise<ParsedRecord> {
    const { attestations } = mappingOf(record.value).mapping;
    const texts = attestations.flatMap(({ evidence = [] }) => evidence);
    if (record.document === undefined || texts.length === 0) return record;
    const evidence = await lookUpEvidence(path, texts, this.#options.signal);
    return { ...record, document: { ...record.document, evidence } };
  }

  async #readLog(input: Input, number: number, { files, contents }: FoundInputs): Promise<void> {
    const { follow } = this.#options;
    if (follow !== undefined && number === 0) return this.#follow(input, follow, files.length);
    await this.#readOpened(input, this.#opened(input, contents?.get(input.path)), number, files.length);
  }

  /** Opens a log: the bytes in memory, if there are some, are its standard input. */
  #opened({ path }: Input, content: Uint8Array | undefined): OpenInput {
    const { signal, blockBytes = CHUNK } = this.#options;
    const stdin = content === undefined ? this.#options.stdin : chunkOf(content);
    const options = { size: Math.max(1, blockBytes), ...(signal && { signal }), ...(stdin && { stdin }) };
    return openInput(content === undefined ? path : STDIN, options);
  }

  /** Reads the files that a path leads to, one after another. */
  async #follow(input: Input, follow: FollowOptions, inputs: number): Promise<void> {
    const { errors } = this.#state;
    const { path } = input;
    const files: FollowedFile[] = [];
    const gaps = new Set<string>();
    for await (const file of followed(path, follow, (message) => gaps.add(message))) {
      files.push(file);
      await this.#readOpened(input, file, 0, inputs);
      if (file.isTruncated()) errors.push({ path, message: TRUNCATED });
    }
    for (const file of files)
      if (file.isWrittenLater()) errors.push({ path: file.path(), message: WRITTEN_LATER });
    for (const message of gaps) errors.push({ path, message });
    if (files.length + gaps.size === 0)
      errors.push({ path, message: "the file did not appear before the end of the run" });
  }

  async #readOpened({ path, kind }: Input, input: OpenInput, number: number, inputs: number): Promise<void> {
    const { log, errors } = this.#state;
    const state = log.open(inputName(path, this.#options));
    const index = new BlockIndex();
    const complaints: string[] = [];
    try {
      const blocks = this.#blocks(path, kind, input, (foreign) => complaints.push(complaintAbout(foreign)));
      for await (const { block, result } of this.#setup.queue.read(blocks, kind)) {
        log.take(result, block.lines);
        index.add(block);
        this.#teller.reading({ path: state.path, input: number, inputs }, input.bytesRead());
        if (this.#isInterrupted) break;
      }
    } catch (error) {
      if (!this.#isInterrupted && !isReadError(error)) throw error;
      if (!this.#isInterrupted) complaints.push(await whyNotRead(path, error));
    }
    state.path = input.path?.() ?? state.path;
    for (const message of complaints) errors.push({ path: state.path, message });
    this.#teller.endInput(input.bytesRead());
    await this.#takeFile(state, input, index);
    log.close();
    await this.#takeDigest(state.path, input.digest());
    for (const error of unreadErrors(state.path, state.unread, this.#setup.recordLimit)) errors.push(error);
  }

  #blocks(path: string, kind: Input["kind"], input: OpenInput, refuse: (foreign: Foreign) => void) {
    const { recordLimit, unwrapping } = this.#setup;
    const { chunks } = input;
    const isFollowed = input.path !== undefined;
    const isKnown = kind !== undefined || (!isFollowed && fileSize(path) !== undefined);
    // The search has checked files; nobody has looked at a stream yet, or at a file that may come later.
    const checked = isKnown ? chunks : unlessForeign(chunks, { judge: JUDGE, isFollowed, refuse });
    return recordBlocks(checked, recordLimit, unwrapping.parts);
  }

  /** Records the file's mark and how it has changed. */
  async #takeFile(state: InputState, input: OpenInput, index: BlockIndex): Promise<void> {
    const [mark, change] = [input.mark(), await input.change()];
    const number = this.#state.log.inputs.length - 1;
    this.indexes.set(number, index);
    if (mark !== undefined) this.marks.set(number, mark);
    if (change !== undefined) state.change = change;
  }

  /** Warns if an input is in a state already: the digest of a pipe or a copy is known only after it was read. */
  async #takeDigest(name: string, digest: InputDigest): Promise<void> {
    this.#state.digests.push(digest);
    const held = await this.#earlier.nameOf(name, digest);
    if (held === undefined) return this.#tellGrown(name, digest);
    const other = held === name ? "" : `, as ${held}`;
    this.#state.doubled.push({
      path: name,
      message: `a state holds this input already${other}: it counts twice`,
    });
  }

  /** Warns if an input begins with what is in a state already. */
  async #tellGrown(path: string, digest: InputDigest): Promise<void> {
    const isStream = path === inputName(STDIN, this.#options);
    if (isStream || !(await this.#earlier.hasGrown(path, digest))) return;
    this.#state.doubled.push({
      path,
      message:
        "a state holds the beginning of this input, which has grown since: the beginning counts twice; leave the state out, or check only the later lines",
    });
  }
}

async function* chunkOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
