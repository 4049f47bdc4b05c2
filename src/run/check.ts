import { resolve } from "node:path";
import { isDocumentName } from "../documents/document-name.js";
import { rulebookOf } from "../engine/block/rulebook.js";
import type { Ledger } from "../engine/ledger.js";
import { gapIn } from "../engine/log/gap.js";
import { gaveUp, type InputState, LogState } from "../engine/log/log-state.js";
import { buildReport, eventsIn } from "../engine/report/build-report.js";
import { recordsIn, summaryOf } from "../engine/report/input-summary.js";
import { evidenceWanted, LateEvidence } from "../engine/report/late-evidence.js";
import { type LineSpool, Occurrences, type PlaceSet } from "../engine/report/occurrences.js";
import { Rejections } from "../engine/report/rejections.js";
import { unreadErrors } from "../engine/unread-records.js";
import { type Discovered, discover } from "../input/find/discover.js";
import { type VerifiedPack, verifyPack } from "../input/find/evidence-pack.js";
import { complaintAbout } from "../input/find/foreign.js";
import { isInOneOf } from "../input/find/inside.js";
import { unlessForeign } from "../input/find/refused-streams.js";
import { byCodeUnit } from "../input/find/rotation.js";
import { BlockIndex } from "../input/frame/block-index.js";
import { DEFAULT_RECORD_LIMIT } from "../input/frame/blocks.js";
import { recordBlocks } from "../input/frame/record-blocks.js";
import { type FileMark, fileSize } from "../input/open/file-mark.js";
import { CHUNK, type InputDigest, type OpenInput, openInput, STDIN } from "../input/open/open.js";
import { isReadError, reasonOf } from "../input/open/reasons.js";
import type { Placing } from "../input/record/place.js";
import type { Unwrapping } from "../input/record/unwrapping.js";
import { drawnFactors, KNOWN_FACTORS } from "../input/scan/factors.js";
import { lookUpEvidence } from "../mapping/evidence-files.js";
import { looksLikeMapping, mappingOf } from "../mapping/read-mapping.js";
import { CLAIM_NAMES } from "../model/claim.js";
import type { Discretion } from "../model/discretion.js";
import type { CountedKind } from "../model/finding.js";
import { fingerprintOf } from "../model/fingerprint.js";
import { changeWords } from "../model/input-change.js";
import { NO_POLICY, type Policy } from "../model/policy.js";
import type { ConfigurationSummary, EvidencePack, Report, RunError } from "../model/report.js";
import type { PlacedAttestation } from "../model/rule.js";
import type { LogRecord, ParsedRecord } from "../model/subject.js";
import { VERSION } from "../package/version.js";
import { Discreet } from "../privacy/discreet.js";
import { CLAUSES } from "../protocol/clauses/clauses.js";
import { DOCUMENTS, isProtocolVersion, PROTOCOL_VERSION } from "../protocol/clauses/documents.js";
import type { Protocol } from "../protocol/protocol.js";
import { resemblanceOf } from "../recognise/resemblance.js";
import { RULES } from "../rules/index.js";
import { EarlierInputs } from "../state/earlier-inputs.js";
import { emptyState, type RunState, STATE_VERSION, type StateHeader } from "../state/run-state.js";
import { StateError } from "../state/state-error.js";
import { stateLines } from "../state/write-state.js";
import { BlockQueue, defaultJobs, INLINE_BYTES } from "./blocks/block-queue.js";
import {
  type BlockReader,
  type BlockReaderOptions,
  blockReaderFor,
  discretionFor,
  type ForcedKind,
  placingFor,
  unwrappingFor,
} from "./blocks/block-reader.js";
import { unhurried } from "./blocks/unhurried.js";
import {
  type CheckOptions,
  DEFAULT_MAX_FINDINGS,
  DEFAULT_MAX_STATE,
  type Progress,
} from "./check-options.js";
import { type OpenedDocument, openDocument } from "./open-document.js";
import { type LoadedProtocol, loadProtocol, type ProtocolOptions } from "./protocol/load-protocol.js";
import { type Original, Rereading } from "./reread.js";
import { resume } from "./resume.js";

/**
 * Checks event logs against MPLP v1.0.0 and reports on every clause.
 *
 * Paths are files, folders, globs, or "-" for standard input; several logs form one log in the order
 * given. What is wrong with the input becomes a finding or an entry of `report.errors`; a path that
 * cannot be read leaves the rest of the run intact.
 *
 * @returns the report; the same inputs and options always give the same one
 * @throws UnreadableFile, ProtocolError where `schemas` or `invariants` cannot be used
 * @throws StateError where one of `stateIn` cannot be added to, or a state cannot be written
 */
export async function check(paths: readonly string[], options: CheckOptions = {}): Promise<Report> {
  const protocol = await loadProtocol(options);
  const found = await inputsOf(paths, options).catch(unlessInterrupted(options));
  const run = new Run(protocol, options, found.forms, await configurationOf(options, paths));
  await run.resume();
  await run.readAll(found.files);
  const read = new Set(found.files.map((path) => resolve(path)));
  const packs: VerifiedPack[] = [];
  // One after another: a folder may hold more packs than files may be open.
  for (const folder of run.isInterrupted ? [] : found.packs)
    packs.push(await verifyPack(folder, read, isProtocolVersion));
  return run.finish(found, packs, new Set(paths.map((path) => nameOf(path, options))));
}

/** What a check of some paths reads, and what it leaves unread. */
export function inputsOf(
  paths: readonly string[],
  { kinds = {}, signal }: Pick<CheckOptions, "kinds" | "signal"> = {},
): Promise<Discovered> {
  return discover(paths, { ...JUDGE, signal }, (path) => kinds[path] === "evidence");
}

/** What bytes mean, for those who look at the beginning of an input. */
const JUDGE = { resemblanceOf, holdsMapping, unwrapping: unwrappingFor("auto") };

/** A search that was interrupted has found nothing. */
function unlessInterrupted({ signal }: CheckOptions): (error: unknown) => Discovered {
  return (error) => {
    if (signal?.aborted !== true) throw error;
    return { files: [], forms: new Map(), problems: [], packs: [], notRead: [] };
  };
}

/** How long the block that is being read is waited for once a run is interrupted. */
const LAST_BLOCK_MS = 400;

class Run {
  readonly #protocol: Protocol;
  readonly #header: StateHeader;
  readonly #options: CheckOptions;
  readonly #forms: Discovered["forms"];
  readonly #limit: number;
  readonly #unwrapping: Unwrapping;
  readonly #policy: Policy;
  readonly #state: LogState;
  /** With `#state`, what has been read so far: all that a state of this run holds. */
  readonly #taken: RunState;
  /** Inputs that came from states. */
  #earlier: EarlierInputs;
  /** What the files were that were read; those of states, and what is no file, have none. */
  readonly #marks = new Map<number, FileMark>();
  /** Where the lines of these files stand. */
  readonly #indexes = new Map<number, BlockIndex>();
  readonly #rereading: Rereading;
  readonly #placing: Placing;
  readonly #discretion: Discretion;
  readonly #reader: BlockReader;
  readonly #queue: BlockQueue;
  readonly #loaded: LoadedProtocol;
  readonly #configuration: ConfigurationSummary | undefined;
  #forced: ForcedKind | undefined;
  /** Bytes and events of the inputs before this one, and bytes of all; for those who watch. */
  #before = 0;
  #eventsBefore = 0;
  #total: number | undefined;
  readonly #occurrences: Occurrences | undefined;
  readonly #rejections: Rejections | undefined;

  constructor(
    loaded: LoadedProtocol,
    options: CheckOptions,
    forms: Discovered["forms"],
    configuration?: ConfigurationSummary,
  ) {
    const { protocol, digest } = loaded;
    this.#protocol = protocol;
    this.#loaded = loaded;
    this.#configuration = configuration;
    this.#options = options;
    this.#forms = forms;
    // Whoever judges a state says what is claimed.
    const isKept = options.stateIn !== undefined || options.onState !== undefined;
    const claims = isKept ? CLAIM_NAMES : (options.claims ?? []);
    const shown = { redact: options.redact === true };
    this.#placing = placingFor(shown, protocol);
    this.#discretion = discretionFor(shown, protocol);
    this.#limit = options.maxRecordBytes ?? DEFAULT_RECORD_LIMIT;
    const maxFindings = options.maxFindings ?? DEFAULT_MAX_FINDINGS;
    if (options.onOccurrences !== undefined)
      this.#occurrences = new Occurrences(options.spool ?? memorySpool());
    const { unwrap = "auto" } = options;
    this.#unwrapping = unwrappingFor(unwrap);
    this.#rereading = new Rereading(this.#limit, this.#unwrapping, options.signal);
    if (options.onRejected !== undefined)
      this.#rejections = new Rejections(options.rejectedSpool ?? memorySpool());
    const readerOptions: BlockReaderOptions = {
      claims,
      unwrap,
      ...shown,
      maxFindings,
      everyOccurrence: this.#occurrences !== undefined,
      everyRejected: this.#rejections !== undefined,
      ...(options.policy?.valueKey !== undefined && { valueKey: options.policy.valueKey }),
      ...(options.policy?.dummies !== undefined && { dummies: options.policy.dummies }),
      // What is in a state was, or will be, compared with digests of other runs.
      factors: isKept ? KNOWN_FACTORS : drawnFactors(),
    };
    this.#reader = blockReaderFor(protocol, readerOptions);
    const { jobs = defaultJobs(), inlineBytes = INLINE_BYTES } = options;
    const settings = { protocol: protocolOptions(options), reader: readerOptions };
    this.#queue = new BlockQueue(this.#reader, settings, {
      jobs,
      inlineBytes,
      isOpenEnded: options.schemas !== undefined,
    });
    const { maxState = DEFAULT_MAX_STATE, policy = NO_POLICY } = options;
    this.#policy = policy;
    const limits = { maxFindings, maxState, policy };
    this.#state = new LogState(rulebookOf(RULES, CLAUSES, claims), limits, {
      occurrences: this.#occurrences,
      rejections: this.#rejections,
    });
    this.#header = {
      version: STATE_VERSION,
      tool: VERSION,
      protocol: digest,
      policy: policy.digest,
      maxFindings: maxFindings,
      maxRecordBytes: this.#limit,
      redact: readerOptions.redact,
      unwrap,
    };
    this.#taken = emptyState(this.#state);
    this.#earlier = new EarlierInputs(this.#taken);
  }

  get isInterrupted(): boolean {
    return this.#options.signal?.aborted === true;
  }

  /** Takes in what earlier runs have read. */
  async resume(): Promise<void> {
    const { stateIn = [], signal } = this.#options;
    this.#earlier = await resume(stateIn, this.#taken, this.#header, signal);
  }

  async readAll(paths: readonly string[]): Promise<void> {
    this.#total = sizeOf(paths);
    this.#queue.expect(this.#total ?? 0);
    // What is under way may take any time: soon nobody waits for it any more.
    const close = (): void => void setTimeout(() => this.#queue.close(), LAST_BLOCK_MS).unref();
    this.#options.signal?.addEventListener("abort", close);
    try {
      for (const [index, path] of paths.entries()) {
        await this.#read(path, index, paths.length);
        if (this.isInterrupted) break;
      }
    } finally {
      this.#options.signal?.removeEventListener("abort", close);
      await this.#queue.close();
    }
  }

  async #read(path: string, index: number, inputs: number): Promise<void> {
    if (path !== STDIN && (await this.#earlier.hasFile(path))) return;
    this.#forced = this.#options.kinds?.[path];
    const document = await this.#document(path);
    if (document === undefined) return this.#readLog(path, index, inputs);
    await this.#readDocument(path, document);
  }

  async #document(path: string): Promise<OpenedDocument | undefined> {
    const form = this.#forms.get(path);
    const isForced = this.#forced === "mapping" || (this.#forced === undefined && form === "document");
    if (!isForced && (path === STDIN || this.#forced !== undefined || form === "log")) return undefined;
    try {
      const document = await openDocument(path, isForced);
      const isTaken =
        document !== undefined && (isForced || isDocumentName(path) || isMapping(document.record));
      return isTaken ? document : undefined;
    } catch (error) {
      // Reading it as a log says what is wrong.
      if (isReadError(error)) return undefined;
      throw error;
    }
  }

  async #readDocument(path: string, { record: read, digest, change }: OpenedDocument): Promise<void> {
    if (isMapping(read)) this.#forced = "mapping";
    const record = this.#forced === "mapping" ? await this.#withEvidence(path, read) : read;
    const result = await unhurried(this.#reader(record, this.#forced));
    const state = this.#state.open(path);
    if (change !== undefined) state.change = change;
    this.#taken.documents.set(this.#state.inputs.length - 1, record);
    this.#state.take(result, 0);
    this.#state.close();
    await this.#takeDigest(path, digest);
  }

  /** A mapping's record with what was found where its attestations point. */
  async #withEvidence(path: string, record: ParsedRecord): Promise<ParsedRecord> {
    const { attestations } = mappingOf(record.value).mapping;
    const texts = attestations.flatMap(({ evidence = [] }) => evidence);
    if (record.document === undefined || texts.length === 0) return record;
    const evidence = await lookUpEvidence(path, texts, this.#options.signal);
    return { ...record, document: { ...record.document, evidence } };
  }

  /** What came through a pipe, or from another folder, is known too late to be left out. */
  async #takeDigest(name: string, digest: InputDigest): Promise<void> {
    this.#taken.digests.push(digest);
    const held = await this.#earlier.nameOf(name, digest);
    if (held === undefined) return;
    const other = held === name ? "" : `, as ${held}`;
    this.#taken.doubled.push({
      path: name,
      message: `a state holds this very input already${other}: it counts twice`,
    });
  }

  async #readLog(path: string, number: number, inputs: number): Promise<void> {
    const { signal, blockBytes = CHUNK } = this.#options;
    const size = Math.max(1, blockBytes);
    const input = openInput(path, { size, ...(signal && { signal }) });
    const name = nameOf(path, this.#options);
    const state = this.#state.open(name);
    const index = new BlockIndex();
    try {
      const chunks = this.#logChunks(path, name, input);
      const blocks = recordBlocks(chunks, this.#limit, this.#unwrapping.parts);
      for await (const { block, result } of this.#queue.read(blocks, this.#forced)) {
        this.#state.take(result, block.lines);
        index.add(block);
        const read = this.#before + input.bytesRead();
        this.#tell("reading", { path: name, input: number, inputs, read, ...this.#inAll });
        if (this.isInterrupted) break;
      }
    } catch (error) {
      if (!this.isInterrupted && !isReadError(error)) throw error;
      if (!this.isInterrupted) this.#taken.errors.push({ path: name, message: reasonOf(error) });
    }
    this.#before += input.bytesRead();
    this.#eventsBefore += eventsIn(state.counts);
    await this.#takeFile(state, input, index);
    this.#state.close();
    await this.#takeDigest(name, input.digest());
    for (const error of unreadErrors(name, state.unread, this.#limit)) this.#taken.errors.push(error);
  }

  /** The chunks of an input; of a stream only if it may be a log. */
  #logChunks(path: string, name: string, { chunks }: OpenInput): AsyncIterable<Uint8Array> {
    const isKnown = this.#forced !== undefined || fileSize(path) !== undefined;
    return isKnown
      ? chunks
      : unlessForeign(chunks, JUDGE, (foreign) =>
          this.#taken.errors.push({ path: name, message: complaintAbout(foreign) }),
        );
  }

  /** Keeps what the file was, and what has become of it. */
  async #takeFile(state: InputState, input: OpenInput, index: BlockIndex): Promise<void> {
    const [mark, change] = [input.mark(), await input.change()];
    const number = this.#state.inputs.length - 1;
    this.#indexes.set(number, index);
    if (mark !== undefined) this.#marks.set(number, mark);
    if (change !== undefined) state.change = change;
  }

  /** Events and findings are counted when somebody looks at them: few do, after each of very many blocks. */
  #tell(phase: Progress["phase"], where: Omit<Progress, "phase" | "events" | "findings">): void {
    const { inputs, ledger } = this.#state;
    const eventsBefore = this.#eventsBefore;
    const current = phase === "reading" ? inputs.at(-1) : undefined;
    this.#options.onProgress?.({
      phase,
      ...where,
      get events() {
        return eventsBefore + (current === undefined ? 0 : eventsIn(current.counts));
      },
      get findings() {
        return [...ledger.groups.values()].reduce((sum, { count }) => sum + count, 0);
      },
    });
  }

  /** The bytes of all inputs, where they are known. */
  get #inAll(): Pick<Progress, "total"> {
    return this.#total === undefined ? {} : { total: this.#total };
  }

  /** Tells how far a phase is that comes after reading. */
  #tellAfter(phase: Progress["phase"], input: number, done: Pick<Progress, "read" | "total">): void {
    const { inputs } = this.#state;
    this.#tell(phase, { path: inputs[input]?.path ?? "", input, inputs: inputs.length, ...done });
  }

  /** What was read as an input; undefined where it cannot be read again. */
  #originalOf(input: number): Original | undefined {
    const { path, shared } = this.#state.inputs[input] ?? {};
    const digest = this.#taken.digests[input];
    const mark = this.#marks.get(input);
    const index = this.#indexes.get(input);
    const isStream = input >= this.#earlier.count && mark === undefined;
    return path === undefined || digest === undefined || isStream
      ? undefined
      : { path, digest, mark, shared, index };
  }

  async *#recordsAt(input: number, places: PlaceSet): AsyncGenerator<readonly [number, LogRecord]> {
    const document = this.#taken.documents.get(input);
    const original = this.#originalOf(input);
    if (document !== undefined) yield [0, document];
    else if (original !== undefined)
      yield* this.#rereading.recordsAt(original, places, (done) => this.#tellAfter("placing", input, done));
  }

  /** Columns and excerpts for what only the whole log has shown. */
  async #fillEvidence(): Promise<void> {
    const { ledger } = this.#state;
    const late = new LateEvidence(ledger, this.#placing.placeOf);
    for (const [input, places] of evidenceWanted(ledger)) {
      const records = new Map<number, LogRecord>();
      for await (const [place, record] of this.#recordsAt(input, places)) records.set(place, record);
      const { path = "" } = this.#state.inputs[input] ?? {};
      if (!this.#rereading.isInDoubt(path)) late.fill(input, records);
    }
    late.fillDifferences();
  }

  async #handOutRejected(): Promise<void> {
    const events = this.#rejections?.finished((at) => this.#state.whereIs(at), this.#replaced());
    if (events !== undefined)
      await this.#options.onRejected?.(new Discreet(this.#discretion).rejected(events));
  }

  /** Inputs of which a finding about the whole file stands for those about events without a family. */
  #replaced(): ReadonlySet<number> {
    const { inputs } = this.#state;
    return new Set([...inputs.keys()].filter((index) => inputs[index]?.isReplaced === true));
  }

  async #handOutOccurrences(): Promise<void> {
    const occurrences = this.#occurrences?.finished({
      whereIs: (at) => this.#state.whereIs(at),
      replaced: this.#replaced(),
      overdrawn: this.#state.overdrawn,
      recordsAt: (input, places) => this.#recordsAt(input, places),
      placeOf: this.#placing.placeOf,
      discretion: this.#discretion,
    });
    if (occurrences !== undefined)
      await this.#options.onOccurrences?.(new Discreet(this.#discretion).occurrences(occurrences));
  }

  /** An attestation with the line of the document that it stands on. */
  #placed(attestation: PlacedAttestation): PlacedAttestation {
    const { at, pointer } = attestation;
    const document = this.#taken.documents.get(at.input);
    const line = document === undefined ? at.line : this.#placing.placeOf(document, pointer).line;
    return { ...attestation, at: { ...at, line } };
  }

  /** What a manifest calls the version of MPLP goes into sentences of the report. */
  #withVersion(pack: EvidencePack): EvidencePack {
    const { otherVersion } = pack;
    return otherVersion === undefined ? pack : { ...pack, otherVersion: this.#discretion.text(otherVersion) };
  }

  /** What of the inputs, those of states among them, was not seen. */
  #gap(): string | undefined {
    const { log, problems, errors, packs, notRead } = this.#taken;
    const unread = [...problems, ...errors, ...packs.flatMap((pack) => pack.errors)];
    return gapIn({ inputs: log.inputs, errors: unread, notRead });
  }

  async #judge(isComplete: boolean): Promise<void> {
    this.#tellAfter("judging", this.#state.inputs.length - 1, { read: this.#before, ...this.#inAll });
    const { claims = [] } = this.#options;
    const { path, isInAudit } = this.#configuration ?? {};
    try {
      await unhurried(
        this.#state.judge({ isComplete, claims, gap: this.#gap(), discretion: this.#discretion }),
      );
      this.#state.judgeRun({
        claims,
        changes: this.#state.inputs.flatMap(({ path, change }) =>
          change === undefined ? [] : [{ path, change }],
        ),
        ...(isInAudit === true && path !== undefined && { configurationInAudit: path }),
      });
    } catch (error) {
      if (this.#earlier.count === 0) throw error;
      // What is in a state need not come from a log, and a rule relies on what it has observed itself.
      throw new StateError(`what the states hold cannot be judged: ${reasonOf(error)}`);
    }
  }

  /** Who makes a claim shows logs that nobody writes to any more. */
  #changeErrors(): readonly RunError[] {
    const { changedSince } = this.#rereading;
    return this.#state.inputs.flatMap(({ path, change }) => {
      const found = change ?? (changedSince.has(path) ? "changed" : undefined);
      return found === undefined ? [] : [{ path, message: changeWords(found) }];
    });
  }

  #judgingPolicy(): Policy {
    const { overdrawn } = this.#state;
    return {
      ...this.#policy,
      complaintsAbout: (findings) => this.#policy.complaintsAbout(findings, overdrawn),
      noticesAbout: (findings) => this.#policy.noticesAbout?.(findings, overdrawn) ?? [],
    };
  }

  /** Marks inputs of this run that hold no record. Somebody who names a log expects it to hold some. */
  #markEmpty(named: ReadonlySet<string>): void {
    const empty = this.#options.allowEmpty === true ? "allowed" : "refused";
    for (const input of this.#state.inputs.slice(this.#earlier.count))
      if (named.has(input.path) && recordsIn(input) + input.otherOutput === 0) input.empty = empty;
  }

  async finish(
    { problems, notRead }: Discovered,
    packs: readonly VerifiedPack[],
    named: ReadonlySet<string>,
  ): Promise<Report> {
    const { ledger, inputs } = this.#state;
    const { isInterrupted } = this;
    this.#taken.problems.push(...problems);
    this.#taken.packs.push(...packs);
    this.#taken.notRead.push(...notRead);
    const last = inputs.at(-1)?.path ?? "";
    if (isInterrupted)
      this.#taken.errors.push({ path: last, message: "interrupted: what follows was not checked" });
    this.#markEmpty(named);
    if (!isInterrupted) await this.#options.onState?.(stateLines(this.#header, this.#taken));
    await this.#judge(this.#options.complete === true && !isInterrupted);
    this.#options.onCounted?.(countedIn(ledger));
    this.#state.takeBackWaivers();
    await this.#fillEvidence();
    await this.#handOutOccurrences();
    await this.#handOutRejected();
    for (const tally of ledger.tallies.values()) {
      if (tally.attestation !== undefined) tally.attestation = this.#placed(tally.attestation);
    }
    const { notEvaluated } = this.#protocol.invariants;
    const report = buildReport(ledger, {
      toolVersion: VERSION,
      protocol: {
        version: PROTOCOL_VERSION,
        digest: this.#header.protocol,
        source: this.#loaded.source,
        ...(this.#loaded.paths.length > 0 && { paths: this.#loaded.paths }),
        notEvaluated: notEvaluated.map(({ id, reason }) => ({ id, reason })),
      },
      inputs: inputs.map((input, index) => summaryOf(input, this.#taken.digests[index])),
      claims: this.#options.claims ?? [],
      errors: [
        ...this.#taken.problems,
        ...this.#taken.packs.flatMap(({ errors }) => errors),
        ...this.#taken.errors,
        ...this.#taken.doubled,
        ...(this.#options.claims?.length ? this.#changeErrors() : []),
        ...this.#rereading.errors,
        ...givenUpErrors(this.#state),
      ],
      isInterrupted,
      policy: this.#judgingPolicy(),
      packs: this.#taken.packs.map(({ pack }) => this.#withVersion(pack)),
      notRead: this.#taken.notRead.sort((a, b) => byCodeUnit(a.path, b.path)),
      configuration: this.#configuration,
      crosscuts: this.#state.crosscuts,
      graphs: this.#state.graphs,
      clauses: CLAUSES,
      rules: RULES,
      whereIs: (at) => this.#state.whereIs(at),
      documents: DOCUMENTS,
      incomplete: this.#protocol.incomplete,
    });
    return new Discreet(this.#discretion).report(report);
  }
}

/** All kinds of findings, in no order. */
function countedIn({ groups }: Ledger): CountedKind[] {
  return [...groups.values()].map((group) => {
    const { rule, clauses, level, message, waiver, count, values } = group;
    const fingerprint = fingerprintOf(group);
    return {
      fingerprint,
      rule,
      clauses,
      level,
      message,
      count,
      ...(waiver && { waiver }),
      ...(values && { values }),
    };
  });
}

/** The configuration that a run goes by, with whether it lies in a folder among the paths. */
async function configurationOf(
  { configuration }: CheckOptions,
  paths: readonly string[],
): Promise<ConfigurationSummary | undefined> {
  if (configuration === undefined) return undefined;
  const { path, origin } = configuration;
  return { path, origin, ...((await isInOneOf(path, paths)) && { isInAudit: true }) };
}

/** The part of the options that says what protocol a run goes by. */
function protocolOptions({ schemas, invariants, extraInvariants }: CheckOptions): ProtocolOptions {
  return {
    ...(schemas !== undefined && { schemas }),
    ...(invariants !== undefined && { invariants }),
    ...(extraInvariants !== undefined && { extraInvariants }),
  };
}

/** What a path is called in the report. */
function nameOf(path: string, { stdinName = STDIN }: CheckOptions): string {
  return path === STDIN ? stdinName : path;
}

/** Bytes of some files; undefined where one of them is no file. */
function sizeOf(paths: readonly string[]): number | undefined {
  let total = 0;
  for (const path of paths) {
    const size = path === STDIN ? undefined : fileSize(path);
    if (size === undefined) return undefined;
    total += size;
  }
  return total;
}

/** Whether a file is a document that holds a mapping, whatever it is called. */
async function holdsMapping(path: string): Promise<boolean> {
  try {
    const document = await openDocument(path, true);
    return document !== undefined && isMapping(document.record);
  } catch (error) {
    if (isReadError(error)) return false;
    throw error;
  }
}

/** Whether a document is a mapping, or a broken attempt at one. */
function isMapping({ value, text, document }: ParsedRecord): boolean {
  return document?.isReadable === false ? /\bmodules\b/i.test(text) : looksLikeMapping(value);
}

/** Keeps the lines of a spool in memory. */
function memorySpool(): LineSpool {
  const lines: string[] = [];
  return {
    append: (line) => void lines.push(line),
    async *lines() {
      yield* lines;
    },
  };
}

/** A rule that has given up has not checked the log: that must not look like a pass. */
function givenUpErrors({ givenUp, inputs }: LogState): RunError[] {
  return givenUp.map(({ rule, input, limit }) => ({
    path: inputs[input]?.path ?? "",
    message: gaveUp(rule, limit),
  }));
}
