import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { basename, dirname } from "node:path";
import { fileIdentity } from "../input/open/same-file.js";
import { CaptureError } from "./stored.js";

/**
 * Responsible for: one server at a time writes to a capture. The sign is an abstract socket of Linux: the system frees
 * it with the process, however that ends, and it is no file. Processes see it within one network namespace. On other
 * systems, no server is refused.
 */
export class Hold {
  readonly #sign: Server | undefined;

  private constructor(sign: Server | undefined) {
    this.#sign = sign;
  }

  /**
   * Holds a capture, which need not be there, in a folder that is.
   *
   * @throws CaptureError if another process holds it
   */
  static async on(path: string): Promise<Hold> {
    if (process.platform !== "linux") return new Hold(undefined);
    const sign = createServer((socket) => socket.destroy());
    const code = await failureOf(sign, await addressOf(path));
    if (code === "EADDRINUSE")
      throw new CaptureError(
        `${path} is the capture of a server that is running: stop it, or name another file with --capture`,
      );
    // Where a sandbox forbids such sockets, nothing is known of others.
    if (code !== undefined) return new Hold(undefined);
    sign.unref();
    return new Hold(sign);
  }

  release(): void {
    this.#sign?.close();
  }
}

/** The same for all names of a file. A container may have the path of another one, but not its folder. */
async function addressOf(path: string): Promise<string> {
  const identity = await fileIdentity(path);
  const { dev, ino } = await stat(dirname(identity), { bigint: true });
  const digest = createHash("sha256")
    .update(`${dev}:${ino}:${basename(identity)}`)
    .digest("hex");
  return `\0mplp-check-${digest}`;
}

/** Why a server cannot listen; undefined if it does. */
function failureOf(server: Server, address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    server.once("error", ({ code = "" }: NodeJS.ErrnoException) => resolve(code));
    server.listen(address, () => resolve(undefined));
  });
}
