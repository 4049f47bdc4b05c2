import { rmSync } from "node:fs";

const held = new Set<string>();

/** Uses a file that is removed afterwards, however the process ends. */
export async function withTemporary<Result>(path: string, use: () => Promise<Result>): Promise<Result> {
  held.add(path);
  try {
    return await use();
  } finally {
    rmSync(path, { force: true });
    held.delete(path);
  }
}

/** Removes all temporary files. To be called before the process is ended. */
export function sweepTemporary(): void {
  for (const path of held) {
    try {
      rmSync(path, { force: true });
    } catch {
      // The process ends all the same.
    }
  }
}
