import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { ROOT } from "./fixtures.js";

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly digest: string;
}

/** Runs a script of the bench folder to its end. */
export function bench(script: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, "bench", script), ...args]);
    const pieces: Buffer[] = [];
    let stderr = "";
    child.stdout.on("data", (piece: Buffer) => pieces.push(piece));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (status) => {
      const bytes = Buffer.concat(pieces);
      const digest = createHash("sha256").update(bytes).digest("hex");
      resolve({ status, stdout: bytes.toString("utf8"), stderr, digest });
    });
  });
}
