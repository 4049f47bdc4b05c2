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
 * Opens the capture of a command line. It only goes on with an earlier log if `--append` is given.
 *
 * @throws UsageError
 */
export async function openCapture({ capture: path, sync, append }: Telling, streams: Streams) {
  try {
    if (path === undefined && !append) return await Capture.anew(CAPTURE, sync);
    const name = path ?? CAPTURE;
    const held = append
      ? 0
      : await stat(name).then(
          ({ size }) => size,
          () => 0,
        );
    if (held > 0)
      throw new UsageError(`${name} holds a log already: name another file, or go on with it with --append`);
    return await Capture.continued(name, sync, (bytes) =>
      say(streams, `${name}: removed ${bytes} bytes of a last line that was never acknowledged`),
    );
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof CaptureError) throw new UsageError(error.message);
    const name = path ?? CAPTURE;
    throw new UsageError(`${name} cannot be written: ${await whyNotRead(name, error)}`);
  }
}
