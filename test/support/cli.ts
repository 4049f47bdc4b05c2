import { spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./fixtures.js";

/** How a command ended, with everything it printed. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Setting {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Runs the built command line as a process of its own. */
export function mplpCheck(args: readonly string[], setting: Setting = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env.PATH ?? "", ...setting.env };
    const child = spawn(process.execPath, [join(ROOT, "bin/mplp-check.js"), ...args], {
      cwd: setting.cwd ?? ROOT,
      env,
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
    child.stdin.on("error", () => undefined).end(setting.input ?? "");
  });
}
