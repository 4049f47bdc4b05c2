import { judgePartition } from "../index.js";
import { say } from "./diagnostics.js";
import type { Signals } from "./interruption.js";
import { LargeOutputs } from "./large-outputs.js";
import type { Invocation } from "./options/invocation.js";
import { checkOptionsIn } from "./options/library-options.js";
import { policyFor } from "./policy-for.js";
import { refuseOutputs } from "./refuse-outputs.js";
import { nameFound } from "./run-check.js";
import type { Streams } from "./streams.js";
import { writeState } from "./write-states.js";

/**
 * Judges one partition of dealt states and writes what its keys have shown. A partition alone has no verdict: the exit
 * code is 0 once the file is written.
 */
export async function runJudge(
  invocation: Invocation & { readonly partition: number },
  streams: Streams,
  signals: Signals,
): Promise<number> {
  const { stateIn = [], stateOut = "", partition, quiet, configuration } = invocation;
  nameFound(configuration, streams);
  const { signal, deadline } = signals.interruptible();
  const large = new LargeOutputs([stateOut], deadline, streams);
  try {
    await refuseOutputs(invocation, signal);
    const policy = await policyFor(invocation);
    const onState = (lines: Iterable<string>): Promise<void> => writeState(stateOut, lines, large);
    await judgePartition(stateIn, {
      ...checkOptionsIn(invocation),
      ...{ policy, partition, onState, signal },
    });
  } catch (error) {
    if (signals.code === undefined) throw error;
    large.sayUnwritten();
    return signals.code;
  }
  if (!quiet) say(streams, `partition ${partition} is judged; merge all of them for the report`);
  return signals.code ?? 0;
}
