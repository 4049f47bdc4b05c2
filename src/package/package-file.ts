import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as Threads from "node:worker_threads";

const require = createRequire(import.meta.url);

/** What is built may stand anywhere in the package. */
const FOLDER = packageAround(import.meta.dirname);

function packageAround(folder: string): string {
  if (existsSync(join(folder, "package.json"))) return folder;
  if (dirname(folder) === folder) throw new Error("mplp-check finds no files of its package around its code");
  return packageAround(dirname(folder));
}

/** A file of the package, by its name in its folder. */
export interface PackageText {
  readonly name: string;
  readonly text: string;
}

/** The text of a file that the package brings. */
export function packageText(path: string): string {
  return readFileSync(join(FOLDER, path), "utf8");
}

/** The bytes of a file that the package brings. */
export function packageBytes(path: string): Uint8Array {
  return readFileSync(join(FOLDER, path));
}

/** All files of a folder that the package brings, sorted by name. */
export function packageTexts(folder: string): readonly PackageText[] {
  const names = readdirSync(join(FOLDER, folder)).sort();
  return names.map((name) => ({ name, text: packageText(`${folder}/${name}`) }));
}

/** Starts a thread that checks blocks: the built one, even if this file runs from its source. */
export function blockThread(workerData: unknown): Threads.Worker {
  // Small logs need no threads, and loading this takes a hundredth of their time.
  const { Worker } = require("node:worker_threads") as typeof Threads;
  const loader = JSON.stringify(join(FOLDER, "dist/bundle/load.cjs"));
  return new Worker(`require(${loader}).load("worker.cjs")`, { eval: true, workerData });
}
