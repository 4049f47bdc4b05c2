import { recordsIn } from "../engine/report/input-summary.js";
import type { RunState } from "../state/run-state.js";
import type { CheckOptions } from "./check-options.js";

/** Marks inputs of this run that hold no record: a user who names a log expects records in it. */
export function markEmpty(
  { log }: RunState,
  earlier: number,
  named: ReadonlySet<string>,
  { allowEmpty }: CheckOptions,
): void {
  const empty = allowEmpty === true ? "allowed" : "refused";
  for (const input of log.inputs.slice(earlier))
    if (named.has(input.path) && recordsIn(input) + input.otherOutput === 0) input.empty = empty;
}
