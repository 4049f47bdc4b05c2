import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FORMAT_NAMES } from "../../src/index.js";
import { ROOT } from "./fixtures.js";

/** `npx mplp-check ...` runs what is built here. */
const NPX = `#!/bin/sh
if [ "$1" = --yes ]; then shift; fi
case $1 in mplp-check|mplp-check@*) shift ;; *) exit 127 ;; esac
exec "${process.execPath}" "${join(ROOT, "bin/mplp-check.js")}" "$@"
`;

/** Runs a piece of shell script in a folder, with npx at hand. */
export function runShell(script: string, folder: string, env: Readonly<Record<string, string>> = {}) {
  const bin = join(folder, "../bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "npx"), NPX, { mode: 0o755 });
  const path = `${bin}:${process.env.PATH}`;
  return spawnSync("sh", ["-e", "-c", script], {
    cwd: folder,
    env: { PATH: path, ...env },
    encoding: "utf8",
  });
}

/** A script without the reports whose formats this version does not have. */
export function withKnownFormats(script: string): string {
  const known: readonly string[] = FORMAT_NAMES;
  return script.replaceAll(/ -f (\w+) -o \S+/g, (output, format: string) =>
    known.includes(format) ? output : "",
  );
}
