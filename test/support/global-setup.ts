import { execFileSync } from "node:child_process";
import { ROOT } from "./fixtures.js";

/** The command-line tests run what is built: it must be what is in src. */
export default function setup(): void {
  execFileSync(process.execPath, ["scripts/build.mjs"], {
    cwd: ROOT,
    stdio: "inherit",
  });
}
