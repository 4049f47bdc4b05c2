import { withoutSecrets } from "../index.js";
import { loggable } from "../model/printable.js";
import type { Streams } from "./streams.js";

/** Writes a sentence about the run, or lines of them, to standard error. */
export function say({ stderr }: Pick<Streams, "stderr">, text: string): void {
  stderr.write(diagnostic(text));
}

/**
 * Lines for standard error, which terminals and CI services act on and keep: without controls, without commands, and
 * without the secrets that an argument or the name of a file may hold.
 */
function diagnostic(text: string): string {
  // A secret may have several lines.
  const lines = withoutSecrets(text).split("\n");
  return lines.map((line) => `${loggable(`mplp-check: ${line}`)}\n`).join("");
}
