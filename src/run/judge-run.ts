import { gapIn } from "../engine/log/gap.js";
import type { Circumstances } from "../engine/log/log-state.js";
import { reasonOf } from "../input/open/reasons.js";
import type { ConfigurationSummary } from "../model/report.js";
import type { JudgedBy, RunState } from "../state/run-state.js";
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
export async function judgeRun(setup: Setup, state: RunState, judging: Judging): Promise<void> {
  const { hasEarlier } = judging;
  const judged = (): Promise<void> => judgeAll(setup, state, judging);
  await (hasEarlier ? refusingForged(judged) : judged());
}

async function judgeAll(
  setup: Setup,
  state: RunState,
  { claims = [], isComplete, configuration }: Judging,
): Promise<void> {
  const { log } = state;
  const { path, isInAudit } = configuration ?? {};
  await unhurried(log.judge(circumstancesOf(setup, state, claims, isComplete)));
  log.judgeRun({
    claims,
    changes: log.inputs.flatMap(({ path, change }) => (change === undefined ? [] : [{ path, change }])),
    ...(isInAudit === true && path !== undefined && { configurationInAudit: path }),
  });
}

/** Judges what states hold. They may be forged, and rules rely on observations of their own. */
export async function refusingForged(judge: () => Promise<void>): Promise<void> {
  try {
    await judge();
  } catch (error) {
    throw new StateError(`the states cannot be judged: ${reasonOf(error)}`);
  }
}

/** What the judgement of a log depends on, besides its observations. */
export function circumstancesOf(
  { discretion }: Setup,
  state: RunState,
  claims: CheckOptions["claims"] = [],
  isComplete: boolean,
): Circumstances {
  return { isComplete, claims, gap: gapOf(state), discretion };
}

/** What the judgement depends on that every partition must share. */
export function judgedByOf({ policy }: Setup, { claims = [], complete }: CheckOptions): JudgedBy {
  return {
    claims: [...claims].sort(),
    complete: complete === true,
    options: JSON.stringify(policy.options ?? {}),
  };
}

/** The parts of all inputs, also those from states, that the run did not read or judge. */
function gapOf({ log, problems, errors, packs, notRead }: RunState): string | undefined {
  const unread = [...problems, ...errors, ...packs.flatMap((pack) => pack.errors)];
  return gapIn({ inputs: log.inputs, errors: unread, notRead });
}
