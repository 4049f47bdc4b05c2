import {
  selftest as runSelftest,
  SELFTEST_FORMAT_NAMES,
  SELFTEST_FORMATS,
  type Selftest,
  type Shown,
  selftestExitCode,
} from "../index.js";
import { say } from "./diagnostics.js";
import type { Signals } from "./interruption.js";
import { judgingOf, kindsIn, nothingNamed, pathsOf, refuseIdleName } from "./options/invocation.js";
import { selftestOptionsIn } from "./options/library-options.js";
import type { OptionValues } from "./options/table.js";
import { ownOutputsOf, writeInOwnFormats } from "./own-formats.js";
import { parse } from "./parse.js";
import { statusLine } from "./progress.js";
import { refuseOutputs } from "./refuse-outputs.js";
import { nameFound, nameWaiting } from "./run-check.js";
import { selftestCommand } from "./selftest-command.js";
import { type Streams, streamsFor } from "./streams.js";

/** Runs `mplp-check selftest LOG...`. @throws UsageError, ConfigError, ProtocolError */
export async function selftest(args: readonly string[], streams: Streams, signals: Signals): Promise<number> {
  const told = await readArguments(args, streams);
  const { signal } = signals.interruptible();
  try {
    nameFound(told.configuration, streams);
    nameWaiting(told.paths, streams);
    await refuseOutputs(told, signal);
    const result = await tryAll(told, streams, signal);
    await writeInOwnFormats(result, told.outputs, SELFTEST_FORMATS, streamsFor(told, streams));
    return selftestExitCode(result);
  } catch (error) {
    const { code } = signals;
    if (code === undefined || error !== signal.reason) throw error;
    say(streams, "interrupted: no report was written");
    return code;
  }
}

type Told = Awaited<ReturnType<typeof readArguments>>;

async function readArguments(args: readonly string[], { env }: Streams) {
  const program = parse(selftestCommand(), args);
  const judging = await judgingOf(program, env);
  const values = program.opts<OptionValues>();
  const kinds = kindsIn(values);
  const paths = pathsOf(program, kinds, judging.configuration);
  if (paths.length === 0) throw nothingNamed(judging.configuration);
  refuseIdleName(judging, paths);
  const outputs = ownOutputsOf(values.placing ?? [], SELFTEST_FORMAT_NAMES, "a selftest is");
  return { ...judging, kinds, paths, outputs };
}

async function tryAll(told: Told, { stderr }: Streams, signal: AbortSignal): Promise<Shown<Selftest>> {
  const line = statusLine(stderr);
  return runSelftest(told.paths, {
    ...selftestOptionsIn(told),
    signal,
    onMutation: ({ done, total, clause }) =>
      line.show(() => `mutation ${done + 1} of ${total}, for clause ${clause}`),
  }).finally(line.clear);
}
