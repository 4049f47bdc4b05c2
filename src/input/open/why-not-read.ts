import { opendir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { nearest } from "../../model/nearest.js";
import { reasonOf } from "./reasons.js";

/** Why a path could not be read, in words; where it is not there, with the path that was most likely meant. */
export async function whyNotRead(path: string, error: unknown): Promise<string> {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" ? notThere(path) : reasonOf(error);
}

/** What is to be said of a path that is not there. */
export async function notThere(path: string): Promise<string> {
  const meant = await nearPath(path);
  return `no such file or folder${meant === undefined ? "" : `; did you mean ${meant}?`}`;
}

/** So many names of a folder are compared. */
const MAX_NAMES = 2_000;

async function nearPath(path: string): Promise<string | undefined> {
  const name = basename(path);
  const meant = nearest(name, await namesIn(dirname(path)));
  if (meant === undefined || meant === name) return undefined;
  // As it was typed: "./x" and "x" are different words to whoever reads them.
  return path.endsWith(name) ? `${path.slice(0, -name.length)}${meant}` : join(dirname(path), meant);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of await opendir(folder)) {
      names.push(name);
      if (names.length >= MAX_NAMES) break;
    }
  } catch {
    // Without its folder, nothing of the kind is there.
  }
  return names.sort();
}
