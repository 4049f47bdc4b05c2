import {
  ConfigError,
  NoEvents,
  ProtocolError,
  SliceError,
  StateError,
  UnreadableFile,
  whyNotRead,
} from "../index.js";
import { commandFor, refuseMisspelled } from "./commands.js";
import { say } from "./diagnostics.js";
import { Signals } from "./interruption.js";
import { readInvocation } from "./options/invocation.js";
import { OutputError, writeStdout } from "./outputs.js";
import { listClauses } from "./rules.js";
import { runCheck } from "./run-check.js";
import { SpoolError } from "./spool-error.js";
import type { Streams } from "./streams.js";
import { HelpAsked, UsageError } from "./usage-error.js";

/** Errors whose message is for the reader; others are faults of ours. */
const EXPECTED = [
  ConfigError,
  ProtocolError,
  UnreadableFile,
  NoEvents,
  StateError,
  SliceError,
  SpoolError,
  OutputError,
];

/**
 * Runs one command line and gives the exit code. Never throws, and ends the process only where a signal asks for it.
 *
 * @param args the arguments, without node and script
 */
export async function main(args: readonly string[], streams: Streams = process): Promise<number> {
  // If nobody reads standard error any more, the exit code stays the same.
  streams.stderr.on("error", () => undefined);
  const command = commandFor(args[0]);
  const signals = new Signals(streams);
  try {
    return await helped(() => run(args, command, streams, signals), streams);
  } catch (error) {
    const lines = await linesOn(error, command?.program().name() ?? "mplp-check");
    say(streams, lines.join("\n"));
    return signals.code ?? 2;
  } finally {
    signals.end();
  }
}

async function run(
  args: readonly string[],
  command: ReturnType<typeof commandFor>,
  streams: Streams,
  signals: Signals,
): Promise<number> {
  if (command !== undefined) return command.run(args.slice(1), streams, signals);
  await refuseMisspelled(args[0] ?? "");
  const invocation = await readInvocation(args, streams);
  return invocation === "list-clauses" ? listClauses(streams) : runCheck(invocation, streams, signals);
}

/** Prints the help or the version where a command line asks for it. */
async function helped(action: () => Promise<number>, streams: Streams): Promise<number> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof HelpAsked)) throw error;
    await writeStdout([error.message], streams);
    return 0;
  }
}

/** The error that ended a command line, in lines for people. */
async function linesOn(error: unknown, command: string): Promise<readonly string[]> {
  if (error instanceof UsageError) return [...error.message.split("\n"), `for help: ${command} --help`];
  if (EXPECTED.some((kind) => error instanceof kind)) return (error as Error).message.split("\n");
  if (isOfSystem(error)) {
    const path = error.path ?? "standard input or output";
    return [`${path}: ${await whyNotRead(path, error)}`];
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `internal error, please report it: ${trace}`.split("\n");
}

function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}
