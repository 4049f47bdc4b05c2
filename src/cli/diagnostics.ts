import { withoutSecrets } from "../index.js";
import { loggable } from "../model/printable.js";

/** Writes a line about the run to standard error. */
export function say(line: string): void {
  process.stderr.write(diagnostic(`mplp-check: ${line}\n`));
}

/**
 * Text for standard error, which terminals and CI services act on and keep: without controls, without commands, and
 * without the secrets that an argument or the name of a file may hold.
 */
export function diagnostic(text: string): string {
  return withoutSecrets(text).split("\n").map(loggable).join("\n");
}
