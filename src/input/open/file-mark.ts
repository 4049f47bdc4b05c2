import { statSync } from "node:fs";
import type { InputChange } from "../../model/input-change.js";

/** What tells whether a file is still the one that it was, short of reading it. */
export interface FileMark {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
}

/** What has become of a file between two looks at it; undefined where that is nothing. */
export function changeBetween(before: FileMark, after: FileMark | undefined): InputChange | undefined {
  if (after === undefined || after.dev !== before.dev || after.ino !== before.ino) return "replaced";
  if (after.size === before.size && after.mtimeNs === before.mtimeNs) return undefined;
  return after.size > before.size ? "grown" : "changed";
}

/** The mark of the file that a path stands for; undefined where there is none. */
export function markAt(path: string): FileMark | undefined {
  try {
    return markOf(statSync(path, { bigint: true }));
  } catch {
    return undefined;
  }
}

/** The mark alone: there may be very many files. */
export function markOf({ dev, ino, size, mtimeNs }: FileMark): FileMark {
  return { dev, ino, size, mtimeNs };
}

/** How many bytes a regular file has; undefined where a path leads to none. */
export function fileSize(path: string): number | undefined {
  try {
    const found = statSync(path);
    return found.isFile() ? found.size : undefined;
  } catch {
    return undefined;
  }
}
