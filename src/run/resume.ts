import { CLAUSES } from "../protocol/clauses/clauses.js";
import { RULES } from "../rules/index.js";
import { EarlierInputs } from "../state/earlier-inputs.js";
import { addState, type StateReading } from "../state/read-state.js";
import type { RunState, StateHeader } from "../state/run-state.js";
import { documentFrom } from "./open-document.js";

const KNOWN_RULES: ReadonlySet<string> = new Set(RULES.map(({ id }) => id));
const KNOWN_CLAUSES: ReadonlySet<string> = new Set(CLAUSES.map(({ id }) => id));

/**
 * Adds the states of earlier runs, in the order of the log, before the run reads anything.
 *
 * @param header the properties that the states must share
 * @throws StateError if a state cannot be added
 */
export async function resume(
  files: readonly string[],
  run: RunState,
  header: StateHeader,
  signal?: AbortSignal,
): Promise<EarlierInputs> {
  const reading: StateReading = {
    header,
    isRule: (id) => KNOWN_RULES.has(id),
    isClause: (id) => KNOWN_CLAUSES.has(id),
    documentOf: documentFrom,
    ...(signal && { signal }),
  };
  for (const file of files) await addState(file, run, reading);
  return new EarlierInputs(run);
}
