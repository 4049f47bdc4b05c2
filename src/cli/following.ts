import { stat } from "node:fs/promises";
import { type check, isPattern, type LineSpool, occurrenceLine, STDIN } from "../index.js";
import { safeJson } from "../model/printable.js";
import { say } from "./diagnostics.js";
import type { Signals } from "./interruption.js";
import type { Invocation } from "./options/invocation.js";
import { STDOUT } from "./outputs.js";
import type { Streams } from "./streams.js";
import { UsageError } from "./usage-error.js";

type CheckOptions = NonNullable<Parameters<typeof check>[1]>;

/** Keeps nothing: findings about single events have been written already. */
const NO_SPOOL: LineSpool = { append: () => undefined, async *lines() {} };

/**
 * The options of a check that follows its log: findings are written as they come, and the first signal is its end.
 *
 * @throws UsageError if the log cannot be followed
 */
export async function followingOf(
  { paths, kinds, findings, quiet, idleTimeout }: Invocation,
  streams: Streams,
  signals: Signals,
): Promise<Pick<CheckOptions, "follow" | "onFinding" | "spool">> {
  const [log = "", ...others] = paths.filter((path) => !Object.hasOwn(kinds, path));
  if (log === "")
    throw new UsageError("--follow reads one file: name the log as a path, not with --mapping or --as");
  const found = await stat(log).catch(() => undefined);
  if (others.length > 0)
    throw new UsageError("--follow reads one file; name mappings with --mapping, other evidence with --as");
  if (log === STDIN)
    throw new UsageError("--follow reads a file: leave it out, standard input is read to its end anyway");
  if (found?.isDirectory() === true)
    throw new UsageError(`--follow reads one file, and ${log} is a folder: name a file in it`);
  if (found?.isFIFO() === true)
    throw new UsageError(`--follow reads a file, and ${log} is a pipe: read it with mplp-check - < ${log}`);
  if (found === undefined && (await isPattern(log)))
    throw new UsageError(`--follow reads one file, and ${log} is a pattern: name the file`);
  if (!quiet) say(streams, `following ${log}; Ctrl-C ends that and reports`);
  const isStream = findings === STDOUT;
  const write = (text: string, { stdout, stderr }: Streams) =>
    (isStream ? stdout : stderr).write(`${text}\n`);
  // A reader that has gone away ends nothing.
  streams.stdout.on("error", () => undefined);
  return {
    follow: { until: signals.ending(), ...(idleTimeout !== undefined && { idleMs: idleTimeout }) },
    ...(isStream && { spool: NO_SPOOL }),
    ...((isStream || !quiet) && {
      onFinding: (finding) => write(isStream ? safeJson(finding) : occurrenceLine(finding), streams),
    }),
  };
}
