import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Worker } from "node:worker_threads";

/** The package's folder by its own name: what is built may stand anywhere in it. */
const FOLDER = dirname(createRequire(import.meta.url).resolve("mplp-check/package.json"));

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
export function blockThread(workerData: unknown): Worker {
  return new Worker(join(FOLDER, "dist/bundle/worker.js"), { workerData });
}
