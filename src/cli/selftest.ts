import {
  selftest as runSelftest,
  SELFTEST_FORMAT_NAMES,
  SELFTEST_FORMATS,
  type Selftest,
  type SelftestFormatName,
  type Shown,
  selftestExitCode,
} from "../index.js";
import { say } from "./diagnostics.js";
import type { Signals } from "./interruption.js";
import { judgingOf, kindsIn, nothingNamed, pathsOf } from "./options/invocation.js";
import { type Output, outputsOf } from "./options/placing.js";
import type { OptionValues } from "./options/table.js";
import { STDOUT, writeFileWhole, writeStdout } from "./outputs.js";
import { parse } from "./parse.js";
import { statusLine } from "./progress.js";
import { refuseOutputs } from "./refuse-outputs.js";
import { nameFound, nameWaiting } from "./run-check.js";
import { screen } from "./screen.js";
import { selftestCommand } from "./selftest-command.js";
import { type Streams, streamsFor } from "./streams.js";
import { UsageError } from "./usage-error.js";

/** Runs `mplp-check selftest LOG...`. @throws UsageError, ConfigError, ProtocolError */
export async function selftest(args: readonly string[], streams: Streams, signals: Signals): Promise<number> {
  const told = await readArguments(args, streams);
  const { signal } = signals.interruptible();
  try {
    nameFound(told.configuration, streams);
    nameWaiting(told.paths, streams);
    await refuseOutputs(told, signal);
    const result = await tryAll(told, streams, signal);
    await write(result, told.outputs, streamsFor(told, streams));
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
  const outputs = outputsOf(values.placing ?? []);
  for (const output of outputs) formatOf(output);
  return { ...judging, kinds, paths, outputs };
}

async function tryAll(told: Told, { stderr }: Streams, signal: AbortSignal): Promise<Shown<Selftest>> {
  const line = statusLine(stderr);
  const { paths, configuration: _ours, outputs: _theirs, ...options } = told;
  return runSelftest(paths, {
    ...options,
    signal,
    onMutation: ({ done, total, clause }) =>
      line.show(() => `mutation ${done + 1} of ${total}, for clause ${clause}`),
  }).finally(line.clear);
}

async function write(result: Shown<Selftest>, outputs: readonly Output[], streams: Streams): Promise<void> {
  for (const output of outputs) {
    const render = SELFTEST_FORMATS[formatOf(output)];
    if (output.file === STDOUT) await writeStdout(render(result, await screen(streams)), streams);
    else await writeFileWhole(output.file, render(result, { color: false }));
  }
}

/** @throws UsageError where the ending of a file asks for a format that a selftest does not have */
function formatOf({ format, file }: Output): SelftestFormatName {
  const name = SELFTEST_FORMAT_NAMES.find((known) => known === format);
  if (name !== undefined) return name;
  throw new UsageError(
    `${file}: a selftest is written as ${SELFTEST_FORMAT_NAMES.join(", ")}; name one with -f`,
  );
}
