import { gapIn } from "../engine/log/gap.js";
import { reasonOf } from "../input/open/reasons.js";
import type { ConfigurationSummary } from "../model/report.js";
import type { RunState } from "../state/run-state.js";
import { StateError } from "../state/state-error.js";
import { unhurried } from "./blocks/unhurried.js";
import type { CheckOptions } from "./check-options.js";
import type { Setup } from "./setup.js";

/** Everything except the inputs that the judgement depends on. */
export interface Judging {
  readonly claims: CheckOptions["claims"];
  /** True if the log covers the whole run. */
  readonly isComplete: boolean;
  readonly configuration: ConfigurationSummary | undefined;
  /** True if a part of the state was read from files. */
  readonly hasEarlier: boolean;
}

/**
 * Judges the inputs that were read: the log, then the run as a whole.
 *
 * @throws StateError if the observations in a state cannot be judged
 */
export async function judgeRun(
  { discretion }: Setup,
  state: RunState,
  { claims = [], isComplete, configuration, hasEarlier }: Judging,
): Promise<void> {
  const { log } = state;
  const { path, isInAudit } = configuration ?? {};
  try {
    await unhurried(log.judge({ isComplete, claims, gap: gapOf(state), discretion }));
    log.judgeRun({
      claims,
      changes: log.inputs.flatMap(({ path, change }) => (change === undefined ? [] : [{ path, change }])),
      ...(isInAudit === true && path !== undefined && { configurationInAudit: path }),
    });
  } catch (error) {
    if (!hasEarlier) throw error;
    // A state may be forged, and rules rely on observations of their own.
    throw new StateError(`what the states hold cannot be judged: ${reasonOf(error)}`);
  }
}

/** The parts of all inputs, also those from states, that the run did not read or judge. */
function gapOf({ log, problems, errors, packs, notRead }: RunState): string | undefined {
  const unread = [...problems, ...errors, ...packs.flatMap((pack) => pack.errors)];
  return gapIn({ inputs: log.inputs, errors: unread, notRead });
}
