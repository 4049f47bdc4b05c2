import { counted } from "../../model/counted.js";
import type { NotRead, RunError } from "../../model/report.js";
import type { InputState } from "./input-state.js";

/** The parts of a run's inputs that the run did not read, or did not judge. */
export interface Unseen {
  readonly inputs: readonly Pick<InputState, "counts" | "unjudged" | "change">[];
  /** Paths, inputs and records that the run could not read completely. */
  readonly errors: readonly RunError[];
  /** Files of named folders that the run did not read. */
  readonly notRead: readonly NotRead[];
}

/**
 * Counts, in words, what the run could not read or judge; undefined if it read and judged everything. An event that
 * seems to be missing from the log may be in one of these parts. Add every new reason for a gap here, as a count with
 * its noun.
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
