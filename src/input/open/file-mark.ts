import { statSync } from "node:fs";
import type { InputChange } from "../../model/input-change.js";

/** Shows whether a file has changed, without reading it. */
export interface FileMark {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
}

/** How a file changed between two looks; undefined if it did not. */
export function changeBetween(before: FileMark, after: FileMark | undefined): InputChange | undefined {
  if (after === undefined || after.dev !== before.dev || after.ino !== before.ino) return "replaced";
  if (after.size === before.size && after.mtimeNs === before.mtimeNs) return undefined;
  return after.size > before.size ? "grown" : "changed";
}

/** The mark of the file at a path; undefined if the file is missing. */
export function markAt(path: string): FileMark | undefined {
  try {
    return markOf(statSync(path, { bigint: true }));
  } catch {
    return undefined;
  }
}

/** Copies only these four members, because there may be very many files. */
export function markOf({ dev, ino, size, mtimeNs }: FileMark): FileMark {
  return { dev, ino, size, mtimeNs };
}

/** The size of a regular file in bytes; undefined if the path leads to anything else. */
export function fileSize(path: string): number | undefined {
  try {
    const found = statSync(path);
    return found.isFile() ? found.size : undefined;
  } catch {
    return undefined;
  }
}
