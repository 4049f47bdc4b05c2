import { rmSync } from "node:fs";

const held = new Set<string>();

/** Does something with a file of which nothing is to stay under this name, however the process ends. */
export async function withTemporary<Result>(path: string, use: () => Promise<Result>): Promise<Result> {
  held.add(path);
  try {
    return await use();
  } finally {
    rmSync(path, { force: true });
    held.delete(path);
  }
}

/** Removes all files of which nothing is to stay. To be called before the process is ended. */
export function sweepTemporary(): void {
  for (const path of held) {
    try {
      rmSync(path, { force: true });
    } catch {
      // The process ends all the same.
    }
  }
}
