import { ConfigError, NoEvents, ProtocolError, reasonOf, StateError, UnreadableFile } from "../index.js";
import { COMMANDS, refuseMisspelled } from "./commands.js";
import { diagnostic } from "./diagnostics.js";
import { listenForSignals, signalCode } from "./interruption.js";
import { SpoolError } from "./line-spool.js";
import { readInvocation } from "./options.js";
import { writeStdout } from "./outputs.js";
import { listClauses } from "./rules.js";
import { runCheck } from "./run-check.js";
import { UsageError } from "./usage-error.js";

/** Errors whose message is for the reader; others are faults of ours. */
const EXPECTED = [ConfigError, ProtocolError, UnreadableFile, NoEvents, StateError, SpoolError];

/**
 * Runs one command line and gives the exit code. Never throws, and ends the process only where a signal asks for it.
 *
 * @param args the arguments, without node and script
 */
export async function main(args: readonly string[]): Promise<number> {
  // Nobody may be left to read what goes wrong; that changes nothing of how the run ends.
  process.stderr.on("error", () => undefined);
  listenForSignals();
  try {
    const [name = "", ...rest] = args;
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (command !== undefined) return await command.run(rest);
    await refuseMisspelled(name);
    const invocation = await readInvocation(args, process.env);
    return invocation === "list-clauses" ? await listClauses() : await runCheck(invocation);
  } catch (error) {
    if (error instanceof UsageError && error.isHelp) {
      await writeStdout([error.message]);
      return 0;
    }
    process.stderr.write(diagnostic(explanationOf(error)));
    return signalCode() ?? 2;
  }
}

/** What ended a command line. */
function explanationOf(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  if (!(error instanceof Error)) return `mplp-check: internal error, please report it: ${String(error)}\n`;
  const { message, stack = message } = error;
  if ("syscall" in error) return `mplp-check: ${systemError(error)}\n`;
  if (EXPECTED.some((kind) => error instanceof kind))
    return message
      .split("\n")
      .map((line) => `mplp-check: ${line}\n`)
      .join("");
  return `mplp-check: internal error, please report it: ${stack}\n`;
}

function systemError(error: Error): string {
  const { path } = error as NodeJS.ErrnoException;
  return path === undefined ? reasonOf(error) : `${path}: ${reasonOf(error)}`;
}
