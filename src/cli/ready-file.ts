import { stat } from "node:fs/promises";
import { isReplaceable } from "./earlier-report.js";
import { writeFileWhole } from "./outputs.js";
import { withTemporary } from "./temporary-files.js";
import { UsageError } from "./usage-error.js";

/** What others learn of a server that takes events. */
export interface Readiness {
  readonly url: string;
  readonly pid: number;
  /** The path of the capture, as the server was told it. */
  readonly capture: string;
}

/**
 * A ready file is removed at the end, so it may replace only an empty file, or the ready file of a server that was
 * killed.
 *
 * @throws UsageError
 */
export async function refuseReadyFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || (found.isFile() && (await isReplaceable(file, "ready")))) return;
  throw new UsageError(`${file} is there, and was not written by --ready-file: name another file`);
}

/** Does something while a file tells others how to reach the server. */
export function whileReady<Result>(
  file: string,
  readiness: Readiness,
  action: () => Promise<Result>,
): Promise<Result> {
  return withTemporary(file, async () => {
    await writeFileWhole(file, [`${JSON.stringify(readiness)}\n`]);
    return action();
  });
}
