import { execFileSync } from "node:child_process";
import { ROOT } from "./fixtures.js";

/** Tests run what is built: it must be what is in src. */
export default function setup(): void {
  execFileSync(process.execPath, ["scripts/build.mjs", "--if-changed"], { cwd: ROOT, stdio: "inherit" });
}
