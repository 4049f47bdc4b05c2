import { dirname } from "node:path";
import { check, type Slice, SliceError, sliceLog } from "../index.js";
import { counted } from "../model/counted.js";
import { loggable } from "../model/printable.js";
import { say } from "./diagnostics.js";
import type { Signals } from "./interruption.js";
import { type Invocation, judgingOf, kindsIn } from "./options/invocation.js";
import type { OptionValues } from "./options/table.js";
import { OutputError, STDOUT, writeFileWhole, writeStdout } from "./outputs.js";
import { parse } from "./parse.js";
import { policyFor } from "./policy-for.js";
import { progressLine } from "./progress.js";
import { refuseOutputs } from "./refuse-outputs.js";
import { type Rereadable, temporaryLog, withRereadable } from "./rereadable.js";
import { nameFound, nameWaiting } from "./run-check.js";
import { sliceCommand } from "./slice-command.js";
import { notKept } from "./spool-error.js";
import type { Streams } from "./streams.js";
import { withTemporary } from "./temporary-files.js";
import { UsageError } from "./usage-error.js";

type SliceOptions = NonNullable<Parameters<typeof sliceLog>[2]>;

/** A command line of `slice`, understood. */
interface SliceInvocation extends Invocation {
  /** Empty if nobody has named one. */
  readonly finding: string;
  readonly file: string;
}

/** Runs `mplp-check slice LOG... --finding FINGERPRINT`. @throws UsageError, ConfigError, SliceError */
export async function slice(args: readonly string[], streams: Streams, signals: Signals): Promise<number> {
  const invocation = await invocationIn(args, streams);
  const { signal } = signals.interruptible();
  nameFound(invocation.configuration, streams);
  nameWaiting(invocation.paths, streams);
  try {
    await refuseOutputs({ ...invocation, log: invocation.file }, signal);
    await withRereadable(invocation.paths, streams, signal, (inputs) =>
      sliceAndWrite(invocation, inputs, streams, signal),
    );
    return 0;
  } catch (error) {
    const { code } = signals;
    if (code === undefined) throw error;
    say(streams, "interrupted: nothing was written");
    return code;
  }
}

async function invocationIn(args: readonly string[], { env }: Streams): Promise<SliceInvocation> {
  const program = parse(sliceCommand(), args);
  const values = program.opts<OptionValues>();
  const [placed, another] = values.placing ?? [];
  if (another !== undefined) throw new UsageError("one log is written: give one --output");
  const { file = STDOUT } = placed ?? {};
  if (file === "") throw new UsageError("an output file has no name");
  const judging = await judgingOf(program, env);
  const kinds = kindsIn(program.opts<OptionValues>());
  return {
    ...judging,
    finding: judging.finding ?? "",
    file,
    outputs: [],
    kinds,
    paths: [...new Set([...program.args, ...Object.keys(kinds)])],
  };
}

async function sliceAndWrite(
  invocation: SliceInvocation,
  { paths, pathOf, nameOf }: Rereadable,
  streams: Streams,
  signal: AbortSignal,
): Promise<void> {
  const { finding, file } = invocation;
  const kinds = Object.fromEntries(
    Object.entries(invocation.kinds).map(([name, kind]) => [pathOf(name), kind]),
  );
  const options = { ...judgingOptions(invocation), kinds, policy: await policyFor(invocation), signal };
  const progress = progressLine(streams.stderr);
  const found = await sliceLog(paths, finding, { ...options, onProgress: progress.show })
    .catch(naming(nameOf, paths))
    .finally(progress.clear);
  for (const { path, message } of found.errors) say(streams, `${nameOf(path)}: ${message}`);
  await verify(found, options);
  await write(found, file, streams);
  for (const sentence of summaryOf(found, file)) say(streams, sentence);
}

/** Nobody knows the files that standard input and pipes are kept in. */
function naming(nameOf: Rereadable["nameOf"], paths: readonly string[]): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof SliceError)) throw error;
    throw new SliceError(paths.reduce((text, path) => text.replaceAll(path, nameOf(path)), error.message));
  };
}

/** What the check was told that decides its findings. */
function judgingOptions({
  claims,
  complete,
  extraInvariants,
  invariants,
  jobs,
  maxChecks,
  maxRecordBytes,
  maxState,
  maxTime,
  schemas,
  unwrap,
}: Invocation): SliceOptions {
  return {
    claims,
    complete,
    maxChecks,
    maxRecordBytes,
    maxState,
    maxTime,
    unwrap,
    ...(jobs !== undefined && { jobs }),
    ...(extraInvariants && { extraInvariants }),
    ...(invariants && { invariants }),
    ...(schemas !== undefined && { schemas }),
  };
}

/** Checks the very bytes that will be written, as a file. @throws SliceError if they do not have the finding */
async function verify(found: Slice, { maxChecks: _, maxTime: __, ...options }: SliceOptions): Promise<void> {
  const { finding, kind, documents, lines } = found;
  const file = temporaryLog();
  const kinds = { ...options.kinds, ...(kind !== undefined && { [file]: kind }) };
  await withTemporary(file, async () => {
    await writeFileWhole(file, lines).catch((error: unknown) => {
      throw error instanceof OutputError ? notKept(dirname(file), "the smaller log", error.cause) : error;
    });
    const { findings } = await check([file, ...documents], { ...options, kinds });
    if (findings.some(({ fingerprint }) => fingerprint === finding.fingerprint)) return;
    throw new SliceError(
      `${finding.rule}: the smaller log does not have this finding as a file; nothing was written`,
    );
  });
}

/** @throws SliceError where a line could be more than data to a terminal or a CI service */
async function write({ lines }: Slice, file: string, streams: Streams): Promise<void> {
  if (file !== STDOUT) return writeFileWhole(file, lines);
  const texts = lines.map((line) => Buffer.from(line).toString());
  if (texts.every((text, index) => isHarmless(text, lines[index]))) return writeStdout(texts, streams);
  throw new SliceError("the smaller log holds bytes that are no text for a terminal: name a file with -o");
}

function isHarmless(text: string, bytes: Uint8Array | undefined): boolean {
  const line = text.slice(0, -1);
  return loggable(line) === line && Buffer.from(text).equals(bytes ?? Buffer.alloc(0));
}

function* summaryOf(found: Slice, file: string): Generator<string> {
  const { finding, lines, records, documents, kind, isSmallest, checks } = found;
  const { rule, message, locations } = finding;
  const bytes = lines.reduce((sum, { length }) => sum + length, 0);
  const size = `${counted(lines.length, "line")} (${counted(bytes, "byte")}) of ${counted(records, "record")}`;
  yield `${file === STDOUT ? "" : `${file}: `}${size}; checked, and found: ${message} [${rule}]`;
  if (kind !== undefined) yield `read it with --as ${kind}:FILE`;
  if (documents.length > 0) yield `check it together with ${documents.join(", ")}`;
  if (locations[0]?.absent === true) yield "it is about what is missing from the whole log";
  if (!isSmallest)
    yield `${counted(checks, "smaller log")} ${checks === 1 ? "was" : "were"} tried, and then no more: raise --max-checks or --max-time`;
}
