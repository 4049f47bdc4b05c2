import { counted } from "../../model/counted.js";
import type { NotRead, RunError } from "../../model/report.js";
import type { InputState } from "./input-state.js";

/** What of a run's inputs may have gone by unseen. */
export interface Unseen {
  readonly inputs: readonly Pick<InputState, "counts" | "unjudged" | "change">[];
  /** Paths, inputs and records that could not be read, or not in full. */
  readonly errors: readonly RunError[];
  /** Files of named folders that were not read. */
  readonly notRead: readonly NotRead[];
}

/**
 * What could not be read or judged, in words; undefined where all could. What the log lacks may be among it. Every
 * reason why a part of the log went by unseen belongs here, as a count with its noun.
 */
export function gapIn({ inputs, errors, notRead }: Unseen): string | undefined {
  const malformed = inputs.reduce((sum, { counts }) => sum + counts.malformed, 0);
  const unjudged = inputs.reduce((sum, input) => sum + input.unjudged, 0);
  const changed = inputs.filter(({ change }) => change !== undefined).length;
  const unread = notRead.filter(({ mayHoldEvidence }) => mayHoldEvidence === true).length;
  const reasons = [
    ...(malformed > 0 ? [counted(malformed, "malformed record")] : []),
    ...(unjudged > 0 ? [counted(unjudged, "unjudged record")] : []),
    ...(changed > 0 ? [`${counted(changed, "input")} that did not stay the same`] : []),
    ...(unread > 0 ? [`${counted(unread, "unread file")} that may hold evidence`] : []),
    ...(errors.length > 0 ? [counted(errors.length, "error")] : []),
  ];
  return reasons.length === 0 ? undefined : reasons.join(", ");
}
