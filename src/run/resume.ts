import { fileSize } from "../input/open/file-mark.js";
import { STDIN } from "../input/open/open.js";
import { type Part, type Parts, partsOfRun } from "../model/part.js";
import { CLAUSES } from "../protocol/clauses/clauses.js";
import { RULES } from "../rules/index.js";
import { EarlierInputs } from "../state/earlier-inputs.js";
import { byPart, joinedParts, type NamedParts } from "../state/parts.js";
import { peekStates } from "../state/peek-state.js";
import { addStates } from "../state/read-state.js";
import type { JudgedBy, RunState, StateHeader } from "../state/run-state.js";
import { StateError } from "../state/state-error.js";
import type { StateReading } from "../state/take-entries.js";
import { documentFrom } from "./open-document.js";

const KNOWN_RULES: ReadonlySet<string> = new Set(RULES.map(({ id }) => id));
const KNOWN_CLAUSES: ReadonlySet<string> = new Set(CLAUSES.map(({ id }) => id));

/** The part of a run among those of a log. */
export interface OwnPart {
  /** True if the run reads inputs of its own. */
  readonly readsInputs: boolean;
  readonly part: Part | undefined;
  /** The number of parts that there must be; undefined if nothing says it. */
  readonly expect: number | undefined;
  /** True if the run writes a state that others are going to complete. */
  readonly mayContinue: boolean;
}

/**
 * What states must agree with, and how their contents are made.
 *
 * @param header of the run
 */
export function readingOf(header: StateHeader, judgedBy: JudgedBy, signal?: AbortSignal): StateReading {
  return {
    header,
    judgedBy,
    isRule: (id) => KNOWN_RULES.has(id),
    isClause: (id) => KNOWN_CLAUSES.has(id),
    documentOf: documentFrom,
    ...(signal && { signal }),
  };
}

/**
 * Adds the states of earlier runs, before the run reads anything: in the order of their parts, or as they are given.
 * Judged partitions are added in the order of their numbers.
 *
 * @throws StateError if one of them cannot be added, or if a part of the log or a partition is missing or comes twice
 */
export async function resume(
  files: readonly string[],
  run: RunState,
  reading: StateReading,
  own: OwnPart,
): Promise<EarlierInputs> {
  const added: NamedParts[] = [];
  for (const name of await inOrder(files, own))
    for (const parts of await addStates(name, run, reading)) added.push({ name, parts, isState: true });
  refuseUnlessAllJudged(run, own);
  run.parts = joined(added, own);
  return new EarlierInputs(run);
}

function refuseUnlessAllJudged({ judged }: RunState, { readsInputs, mayContinue }: OwnPart): void {
  if (judged === undefined) return;
  const { number, of } = judged;
  if (number < of) throw new StateError(`partition ${number + 1} of ${of} is missing`);
  if (readsInputs) throw new StateError("judged partitions can only be merged: no log can follow them");
  if (mayContinue)
    throw new StateError("judged partitions give a report, not a state: leave out --state-out");
}

/**
 * The files in the order of their parts, or of their partitions. A stream is read once: with one among them, they stay
 * as they are given.
 */
async function inOrder(files: readonly string[], own: OwnPart): Promise<readonly string[]> {
  if (files.length < 2 || files.some((file) => file === STDIN || fileSize(file) === undefined)) return files;
  const peeked = await peekStates(files);
  if (peeked === undefined) return files;
  if (peeked.every(({ judged }) => judged !== undefined))
    return peeked.sort((a, b) => (a.judged?.number ?? 0) - (b.judged?.number ?? 0)).map(({ name }) => name);
  if (peeked.some(({ judged }) => judged !== undefined)) return files;
  return namesByPart(peeked, own);
}

/**
 * The names of states in the order of their parts. A missing part is reported here, before hours of reading.
 *
 * @throws StateError if the parts are not those of one log
 */
export function namesByPart(states: readonly NamedParts[], own: OwnPart): readonly string[] {
  const ordered = byPart(states);
  joined(ordered, own);
  return ordered.map(({ name }) => name);
}

/** The parts of a run and of its states. @throws StateError if they are not those of one log */
export function joined(
  states: readonly NamedParts[],
  { readsInputs, part, expect, mayContinue }: OwnPart,
): Parts {
  const isRun = readsInputs || states.length === 0 || part !== undefined;
  const all = isRun ? [...states, { name: "this run", parts: partsOfRun(part), isState: false }] : states;
  return joinedParts(all, { runs: expect, mayContinue });
}
