import { stat } from "node:fs/promises";
import { whyNotRead } from "../index.js";
import { Capture, CaptureError } from "../live/index.js";
import { say } from "./diagnostics.js";
import type { Telling } from "./options/invocation.js";
import type { Streams } from "./streams.js";
import { UsageError } from "./usage-error.js";

/** The log of those who name none. */
export const CAPTURE = "mplp-capture.ndjson";

/**
 * Refuses a capture that is a folder, or that holds a log and was not named to go on with, as can be told before the
 * server listens.
 *
 * @throws UsageError
 */
export async function refuseCapture({ capture, append }: Telling): Promise<void> {
  const name = capture ?? CAPTURE;
  const found = await stat(name).catch(() => undefined);
  if (found?.isDirectory() === true) throw new UsageError(`${name} cannot be written: it is a folder`);
  if (capture !== undefined && !append && (found?.size ?? 0) > 0)
    throw new UsageError(`${name} holds a log already: name another file, or go on with it with --append`);
}

/** Opens the capture of a command line; the one that nobody names is begun anew. @throws UsageError */
export async function openCapture({ capture, sync, append }: Telling, streams: Streams): Promise<Capture> {
  const name = capture ?? CAPTURE;
  try {
    if (capture === undefined && !append) return await Capture.anew(name, sync);
    return await Capture.continued(name, sync, (bytes) =>
      say(streams, `${name}: removed ${bytes} bytes of a last line that was never acknowledged`),
    );
  } catch (error) {
    if (error instanceof CaptureError) throw new UsageError(error.message);
    throw new UsageError(`${name} cannot be written: ${await whyNotRead(name, error)}`);
  }
}
