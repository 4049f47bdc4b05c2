import { STDIN } from "../input/open/open.js";
import { isWhole } from "../model/part.js";
import type { ShownReport } from "../model/shown.js";
import { emptyState, type RunState } from "../state/run-state.js";
import { dealtLines } from "../state/write-partitions.js";
import { stateLines } from "../state/write-state.js";
import { refuseArguments } from "./arguments.js";
import { unhurried } from "./blocks/unhurried.js";
import type { CheckOptions } from "./check-options.js";
import { configurationOf } from "./configuration.js";
import { type FoundInputs, inputName, inputsIn, noInputs, sizeOf } from "./inputs.js";
import { judgedByOf, judgeRun } from "./judge-run.js";
import { markEmpty } from "./mark-empty.js";
import { OPTION_SHAPES } from "./option-shapes.js";
import { ProgressTeller } from "./progress.js";
import { loadProtocol } from "./protocol/load-protocol.js";
import { InputReader } from "./read-inputs.js";
import { countedKinds, reportOf } from "./report-run.js";
import { readingOf, resume } from "./resume.js";
import { SecondLook } from "./second-look.js";
import { isStateKept, type Setup, setUp } from "./setup.js";
import { takeUnread } from "./take-unread.js";

/**
 * Checks event logs against MPLP v1.0.0 and reports on every clause.
 *
 * Paths are files, folders, globs, or "-" for standard input; several logs form one log in the order given. A fault
 * of the input becomes a finding or an entry of `report.errors`. If a path cannot be read, the rest of the run goes
 * on.
 *
 * @returns the report; the same inputs and options always give the same one
 * @throws ArgumentError if the arguments are not what their types say
 * @throws UnreadableFile, ProtocolError if `schemas` or `invariants` cannot be used
 * @throws StateError if one of `stateIn` cannot be added, or a state cannot be written
 */
export async function check(paths: readonly string[], options: CheckOptions = {}): Promise<ShownReport> {
  refuseArguments(paths, options, OPTION_SHAPES);
  const { claims, stateIn = [], signal } = options;
  const setup = setUp(await loadProtocol(options), options);
  const found = options.inputs ?? (await inputsFor(paths, options));
  const configuration = await configurationOf(options, paths);

  const state = emptyState(setup.log);
  const own = {
    readsInputs: found.files.length > 0,
    part: options.part,
    expect: options.expect,
    mayContinue: isStateKept(options),
  };
  const reading = readingOf(setup.header, judgedByOf(setup, options), signal);
  const earlier = await resume(stateIn, state, reading, own);
  const total = options.follow === undefined ? sizeOf(found.files) : undefined;
  setup.queue.expect(total ?? 0);
  const teller = new ProgressTeller(setup.log, total, options.onProgress);
  const reader = new InputReader(setup, state, { earlier, options, teller });
  await reader.readAll(found);
  await takeUnread(state, found, signal);

  const isInterrupted = signal?.aborted === true;
  markEmpty(state, earlier.count, new Set(paths.map((path) => inputName(path, options))), options);
  if (!isInterrupted) await keepState(setup, state, options);

  teller.judging();
  const { range } = state.parts;
  const isComplete = options.complete === true && !isInterrupted && (range === undefined || isWhole(range));
  await judgeRun(setup, state, { claims, isComplete, configuration, hasEarlier: earlier.count > 0 });
  options.onCounted?.(countedKinds(setup.log.ledger));
  setup.log.takeBackWaivers();

  const look = new SecondLook(setup, state, { files: reader, earlier: earlier.count, teller, signal });
  await look.fillEvidence();
  await look.handOutOccurrences(options);
  await look.handOutRejected(options);
  for (const tally of setup.log.ledger.tallies.values()) {
    const { attestation } = tally;
    if (attestation !== undefined)
      tally.attestation = { ...attestation, at: look.placed(attestation.at, attestation.pointer) };
  }
  const report = reportOf(setup, state, look, { claims, configuration, isInterrupted, isComplete });
  const { context } = options;
  return context === undefined ? report : look.withContext(report, context);
}

/** Hands out the state, before anything is judged: in one piece, or dealt into partitions. */
async function keepState({ header }: Setup, state: RunState, options: CheckOptions): Promise<void> {
  if (isStateKept(options)) await unhurried(state.log.kept.arrange());
  await options.onState?.(stateLines(header, state));
  const { dealing } = options;
  await dealing?.onState(dealtLines(header, state, dealing.partitions));
}

/** The inputs of a run; a file that is followed may not be there yet. */
async function inputsFor(paths: readonly string[], options: CheckOptions): Promise<FoundInputs> {
  const { follow, signal } = options;
  const [first = STDIN, ...others] = paths;
  const searched = follow === undefined ? paths : others;
  const found = await inputsIn(searched, options).catch(unlessInterrupted(signal));
  return follow === undefined ? found : { ...found, files: [first, ...found.files] };
}

/** An interrupted search counts as one that found nothing. */
function unlessInterrupted(signal: AbortSignal | undefined): (error: unknown) => FoundInputs {
  return (error) => {
    if (signal?.aborted !== true) throw error;
    return noInputs();
  };
}
