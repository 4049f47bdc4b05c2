import { fileSize } from "../input/open/file-mark.js";
import { STDIN } from "../input/open/open.js";
import { type Part, partsOfRun } from "../model/part.js";
import { CLAUSES } from "../protocol/clauses/clauses.js";
import { RULES } from "../rules/index.js";
import { EarlierInputs } from "../state/earlier-inputs.js";
import { byPart, joinedParts, type NamedParts } from "../state/parts.js";
import { peekParts } from "../state/peek-parts.js";
import { addState, type StateReading } from "../state/read-state.js";
import type { RunState, StateHeader } from "../state/run-state.js";
import { documentFrom } from "./open-document.js";

const KNOWN_RULES: ReadonlySet<string> = new Set(RULES.map(({ id }) => id));
const KNOWN_CLAUSES: ReadonlySet<string> = new Set(CLAUSES.map(({ id }) => id));

/** The part of a run among those of a log. */
export interface OwnPart {
  /** True if the run reads inputs of its own. */
  readonly readsInputs: boolean;
  readonly part: Part | undefined;
  /** How many parts there must be; undefined where nobody says. */
  readonly expect: number | undefined;
  /** True if the run writes a state that others are going to complete. */
  readonly mayContinue: boolean;
}

/**
 * Adds the states of earlier runs, before the run reads anything: in the order of their parts, or as they are given.
 *
 * @param header what the states must agree with
 * @throws StateError if one of them cannot be added, or if a part of the log is missing or comes twice
 */
export async function resume(
  files: readonly string[],
  run: RunState,
  header: StateHeader,
  own: OwnPart,
  signal?: AbortSignal,
): Promise<EarlierInputs> {
  const reading: StateReading = {
    header,
    isRule: (id) => KNOWN_RULES.has(id),
    isClause: (id) => KNOWN_CLAUSES.has(id),
    documentOf: documentFrom,
    ...(signal && { signal }),
  };
  const added: NamedParts[] = [];
  for (const name of await inOrder(files, own))
    added.push({ name, parts: await addState(name, run, reading), isState: true });
  run.parts = joined(added, own);
  return new EarlierInputs(run);
}

/** The files in the order of their parts. A stream is read once: with one among them, they stay as they are given. */
async function inOrder(files: readonly string[], own: OwnPart): Promise<readonly string[]> {
  if (files.length < 2 || files.some((file) => file === STDIN || fileSize(file) === undefined)) return files;
  const peeked: NamedParts[] = [];
  for (const name of files) {
    const parts = await peekParts(name);
    if (parts === undefined) return files;
    peeked.push({ name, parts, isState: true });
  }
  const ordered = byPart(peeked);
  // A missing part is told before hours of reading.
  joined(ordered, own);
  return ordered.map(({ name }) => name);
}

function joined(states: readonly NamedParts[], { readsInputs, part, expect, mayContinue }: OwnPart) {
  const isRun = readsInputs || states.length === 0 || part !== undefined;
  const all = isRun ? [...states, { name: "this run", parts: partsOfRun(part), isState: false }] : states;
  return joinedParts(all, { runs: expect, mayContinue });
}
