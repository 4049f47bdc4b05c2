import { counted } from "../model/counted.js";
import type { RunError } from "../model/report.js";
import type { InputState } from "./log-state.js";

/** What of a run's inputs may have gone by unseen. */
export interface Unseen {
  readonly inputs: readonly Pick<InputState, "counts">[];
  /** Paths, inputs and records that could not be read, or not in full. */
  readonly errors: readonly RunError[];
}

/**
 * What could not be read or judged, in words; undefined where all could. What the log lacks may be among it. Every
 * reason why a part of the log went by unseen belongs here, as a count with its noun.
 */
export function gapIn({ inputs, errors }: Unseen): string | undefined {
  const malformed = inputs.reduce((sum, { counts }) => sum + counts.malformed, 0);
  const reasons = [
    ...(malformed > 0 ? [counted(malformed, "malformed record")] : []),
    ...(errors.length > 0 ? [counted(errors.length, "error")] : []),
  ];
  return reasons.length === 0 ? undefined : reasons.join(", ");
}
