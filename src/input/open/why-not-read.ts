import { opendir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { nearest } from "../../model/nearest.js";
import { reasonOf } from "./reasons.js";

/** The reason why a path could not be read; for a missing path, also the most similar existing one. */
export async function whyNotRead(path: string, error: unknown): Promise<string> {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" ? notThere(path) : reasonOf(error);
}

/** Stands in the names that Node.js gives for bytes that are no text. */
const NO_TEXT = "\uFFFD";

const ADDRESS = /^[a-z][a-z0-9+.-]+:\/\//i;

/** The message for a missing path. */
export async function notThere(path: string): Promise<string> {
  if (path.includes(NO_TEXT)) return "its name is not in UTF-8: rename it";
  if (ADDRESS.test(path)) return "only files are read, no addresses: fetch it first, or pipe it to -";
  const meant = await nearPath(path);
  return `no such file or folder${meant === undefined ? "" : `; did you mean ${meant}?`}`;
}

/** The largest number of names compared in a folder. */
const MAX_NAMES = 2_000;

async function nearPath(path: string): Promise<string | undefined> {
  const name = basename(path);
  const meant = nearest(name, await namesIn(dirname(path)));
  if (meant === undefined || meant === name) return undefined;
  // Keep the path as the user typed it: to them "./x" and "x" differ.
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
    // If the folder is missing, nothing similar exists either.
  }
  return names.sort();
}
