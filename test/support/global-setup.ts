import { execFileSync } from "node:child_process";
import { ROOT } from "./fixtures.js";

/** The command-line tests run what is built: it must be what is in src. */
export default function setup(): void {
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "."], {
    cwd: ROOT,
    stdio: "inherit",
  });
}
