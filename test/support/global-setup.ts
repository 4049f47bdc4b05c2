import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./fixtures.js";

/** What a build reads. The folder of the bundle is what it writes last. */
const SOURCES = [
  ...["src", "assembly", "schemas", "invariants", "package.json", "tsconfig.json"],
  ...["build", "bundle", "bundle-protocol"].map((name) => `scripts/${name}.mjs`),
];
const BUILT = "dist/bundle";

/** The command-line tests run what is built: it must be what is in src. */
export default function setup(): void {
  if (isUpToDate()) return;
  execFileSync(process.execPath, ["scripts/build.mjs"], {
    cwd: ROOT,
    stdio: "inherit",
  });
}

/** Whether nothing that a build reads is later than what it wrote; of what is deleted, the folder changes. */
function isUpToDate(): boolean {
  const built = changedAt(BUILT);
  return SOURCES.flatMap(pathsUnder).every((path) => changedAt(path) < built);
}

function pathsUnder(source: string): readonly string[] {
  if (!statSync(join(ROOT, source)).isDirectory()) return [source];
  const names = readdirSync(join(ROOT, source), { recursive: true, encoding: "utf8" });
  return [source, ...names.map((name) => join(source, name))];
}

/** In milliseconds; 0 where there is no such file. */
const changedAt = (path: string): number =>
  statSync(join(ROOT, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
