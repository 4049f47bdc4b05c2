import { FUNCTION, numberFrom, type OptionShapes } from "../model/arguments.js";
import { addPartition, basesDigest, dealtFile } from "../state/partition-files.js";
import type { NamedParts } from "../state/parts.js";
import { peekStates } from "../state/peek-state.js";
import { emptyState, type RunState } from "../state/run-state.js";
import { StateError } from "../state/state-error.js";
import { judgedLines } from "../state/write-judged.js";
import { refuseArguments } from "./arguments.js";
import { unhurried } from "./blocks/unhurried.js";
import type { CheckOptions } from "./check-options.js";
import { circumstancesOf, judgedByOf, refusingForged } from "./judge-run.js";
import { OPTION_SHAPES } from "./option-shapes.js";
import { loadProtocol } from "./protocol/load-protocol.js";
import { joined, namesByPart, type OwnPart, readingOf } from "./resume.js";
import { setUp } from "./setup.js";

/** The options of `judgePartition`. The others are those of `check`. */
export interface PartitionOptions extends CheckOptions {
  /** The number of the partition, from 1. */
  readonly partition: number;
  /** Called with the lines of the judged partition. */
  readonly onState: (lines: Iterable<string>) => Promise<void>;
}

const PARTITION_SHAPES: OptionShapes<PartitionOptions> = {
  ...OPTION_SHAPES,
  partition: numberFrom(1),
  onState: FUNCTION,
};

/**
 * Judges one partition of the keys of a log. `check` with all judged partitions as `stateIn` gives the report.
 *
 * @param folders dealt states, in the order of the log unless they have parts
 * @throws StateError if one of them cannot be added, or if a part of the log is missing or comes twice
 */
export async function judgePartition(folders: readonly string[], options: PartitionOptions): Promise<void> {
  refuseArguments(folders, options, PARTITION_SHAPES);
  const setup = setUp(await loadProtocol(options), { ...options, stateIn: folders });
  const judgedBy = judgedByOf(setup, options);
  const reading = readingOf(setup.header, judgedBy, options.signal);
  const own: OwnPart = { readsInputs: false, part: undefined, expect: options.expect, mayContinue: false };
  const state = emptyState(setup.log);
  const partition = await addAll(await inOrder(folders, own), options.partition, state, own, reading);
  const circumstances = circumstancesOf(setup, state, options.claims, judgedBy.complete);
  await refusingForged(() => unhurried(setup.log.judgePartition(circumstances)));
  options.signal?.throwIfAborted();
  await options.onState(judgedLines(setup.header, state, { ...partition, ...judgedBy }));
}

async function addAll(
  folders: readonly string[],
  number: number,
  state: RunState,
  own: OwnPart,
  reading: Parameters<typeof addPartition>[3],
) {
  const added: NamedParts[] = [];
  const bases: string[] = [];
  let of: number | undefined;
  for (const name of folders) {
    const { parts, partition, base } = await addPartition(name, number, state, reading);
    of ??= partition.of;
    if (of !== partition.of)
      throw new StateError(`${name} was dealt into ${partition.of} partitions, and ${folders[0]} into ${of}`);
    added.push({ name, parts, isState: true });
    bases.push(base);
  }
  state.parts = joined(added, own);
  return { number, of: of ?? 1, bases: basesDigest(bases) };
}

/** The folders in the order of their parts. */
async function inOrder(folders: readonly string[], own: OwnPart): Promise<readonly string[]> {
  const peeked = await peekStates(folders, (folder) => dealtFile(folder, 0));
  return peeked === undefined ? folders : namesByPart(peeked, own);
}
