import { ConfigError, NoEvents, ProtocolError, UnreadableFile } from "../index.js";
import { printable } from "../model/printable.js";
import { COMMANDS, refuseMisspelled } from "./commands.js";
import { readInvocation } from "./options.js";
import { writeStdout } from "./outputs.js";
import { listClauses } from "./rules.js";
import { runCheck } from "./run-check.js";
import { UsageError } from "./usage-error.js";

/**
 * Runs one command line and gives the exit code. Never throws and never ends the process.
 *
 * @param args the arguments, without node and script
 */
export async function main(args: readonly string[]): Promise<number> {
  // Nobody may be left to read what goes wrong; that changes nothing of how the run ends.
  process.stderr.on("error", () => undefined);
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
    process.stderr.write(explained(error));
    return 2;
  }
}

function explained(error: unknown): string {
  if (error instanceof UsageError) return error.message.split("\n").map(printable).join("\n");
  if (error instanceof ConfigError)
    return error.message
      .split("\n")
      .map((line) => `mplp-check: ${printable(line)}\n`)
      .join("");
  if (error instanceof ProtocolError || error instanceof UnreadableFile || error instanceof NoEvents)
    return `mplp-check: ${printable(error.message)}\n`;
  if (error instanceof Error && "syscall" in error) return `mplp-check: ${printable(error.message)}\n`;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `mplp-check: internal error, please report it: ${detail}\n`;
}
