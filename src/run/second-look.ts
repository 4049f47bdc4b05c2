import { evidenceWanted, LateEvidence } from "../engine/report/late-evidence.js";
import type { PlaceSet } from "../engine/report/place-set.js";
import { changeWords } from "../model/input-change.js";
import type { RunError, Stretch } from "../model/report.js";
import type { Position } from "../model/rule.js";
import type { ShownReport } from "../model/shown.js";
import type { LogRecord } from "../model/subject.js";
import { Discreet } from "../privacy/discreet.js";
import type { RunState } from "../state/run-state.js";
import type { CheckOptions } from "./check-options.js";
import { ContextPlaces } from "./context.js";
import type { ProgressTeller } from "./progress.js";
import type { FilesRead } from "./read-inputs.js";
import { type Original, Rereading } from "./reread.js";
import type { Setup } from "./setup.js";

/**
 * Responsible for: reading inputs again for findings: columns, excerpts, single occurrences.
 * May not: change a finding.
 */
export class SecondLook {
  readonly #setup: Setup;
  readonly #state: RunState;
  readonly #files: FilesRead;
  /** Number of inputs from states. */
  readonly #earlier: number;
  readonly #teller: ProgressTeller;
  readonly #rereading: Rereading;

  constructor(setup: Setup, state: RunState, { files, earlier, teller, signal }: SecondLookParts) {
    this.#setup = setup;
    this.#state = state;
    this.#files = files;
    this.#earlier = earlier;
    this.#teller = teller;
    this.#rereading = new Rereading(setup.recordLimit, setup.unwrapping, signal);
  }

  /** Finds column and excerpt of the findings that only the whole log shows. */
  async fillEvidence(): Promise<void> {
    const { ledger, inputs } = this.#state.log;
    const late = new LateEvidence(ledger, this.#setup.placing.placeOf);
    for (const [input, places] of evidenceWanted(ledger)) {
      const records = new Map<number, LogRecord>();
      for await (const [place, record] of this.#recordsAt(input, places)) records.set(place, record);
      const { path = "" } = inputs[input] ?? {};
      if (!this.#rereading.isInDoubt(path)) late.fill(input, records);
    }
    late.fillDifferences();
  }

  /** The report with whole records around the first places of its findings. */
  async withContext(report: ShownReport, neighbours: number): Promise<ShownReport> {
    const places = new ContextPlaces(report.findings, neighbours);
    const { paths } = places;
    const stretches: Stretch[] = [];
    for (const [input, { path, kind }] of report.inputs.entries()) {
      // A mapping is no record among others.
      if (!paths.has(path) || kind === "mapping") continue;
      const original = this.#originalOf(input);
      // Nothing distinguishes two inputs with the same name.
      const isSeveral = report.inputs.some((other, index) => other.path === path && index !== input);
      if (original === undefined || isSeveral) continue;
      const records = this.#rereading.recordsOn(original, places.linesIn(path), (done) =>
        this.#teller.placing(input, done),
      );
      const found = await places.stretchesIn(path, records, this.#setup.placing);
      if (!this.#rereading.isInDoubt(original.path)) stretches.push(...found);
    }
    return { ...report, context: places.contextOf(stretches) };
  }

  async handOutOccurrences({ onOccurrences }: CheckOptions): Promise<void> {
    const { occurrences, placing, discretion } = this.#setup;
    const { log } = this.#state;
    const finished = occurrences?.finished({
      whereIs: (at) => log.whereIs(at),
      replaced: this.#replaced(),
      overdrawn: log.overdrawn,
      recordsAt: (input, places) => this.#recordsAt(input, places),
      placeOf: placing.placeOf,
      discretion,
    });
    if (finished !== undefined) await onOccurrences?.(new Discreet(discretion).occurrences(finished));
  }

  async handOutRejected({ onRejected }: CheckOptions): Promise<void> {
    const { rejections, discretion } = this.#setup;
    const { log } = this.#state;
    const events = rejections?.finished((at) => log.whereIs(at), this.#replaced());
    if (events !== undefined) await onRejected?.(new Discreet(discretion).rejected(events));
  }

  /** The line of a value in a mapping. */
  placed(at: Position, pointer: string): Position {
    const document = this.#state.documents.get(at.input);
    const line = document === undefined ? at.line : this.#setup.placing.placeOf(document, pointer).line;
    return { ...at, line };
  }

  /** Errors that kept inputs from being read again. */
  get errors(): Iterable<RunError> {
    return this.#rereading.errors;
  }

  /** Inputs that changed during or after the reading. A claim needs logs that nobody writes to. */
  changeErrors(): readonly RunError[] {
    const { changedSince } = this.#rereading;
    return this.#state.log.inputs.flatMap(({ path, change }) => {
      const found = change ?? (changedSince.has(path) ? "changed" : undefined);
      return found === undefined ? [] : [{ path, message: changeWords(found) }];
    });
  }

  async *#recordsAt(input: number, places: PlaceSet): AsyncGenerator<readonly [number, LogRecord]> {
    const document = this.#state.documents.get(input);
    const original = this.#originalOf(input);
    if (document !== undefined) yield [0, document];
    else if (original !== undefined)
      yield* this.#rereading.recordsAt(original, places, (done) => this.#teller.placing(input, done));
  }

  /** The original of an input; undefined if it cannot be read again. */
  #originalOf(input: number): Original | undefined {
    const { path, shared } = this.#state.log.inputs[input] ?? {};
    const digest = this.#state.digests[input];
    const mark = this.#files.marks.get(input);
    const index = this.#files.indexes.get(input);
    const isStream = input >= this.#earlier && mark === undefined;
    return path === undefined || digest === undefined || isStream
      ? undefined
      : { path, digest, mark, shared, index };
  }

  /** Inputs in which one finding about the file replaces those about its events without a family. */
  #replaced(): ReadonlySet<number> {
    const { inputs } = this.#state.log;
    return new Set([...inputs.keys()].filter((index) => inputs[index]?.isReplaced === true));
  }
}

interface SecondLookParts {
  readonly files: FilesRead;
  readonly earlier: number;
  readonly teller: ProgressTeller;
  readonly signal: AbortSignal | undefined;
}
