import { readlink, realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

/** Links that lead on to links, at most, as systems have it. */
const MOST_LINKS = 40;

/** Resolves a path with its links; of a missing file, the place where it would be if it were written. */
export async function targetOf(path: string, links = MOST_LINKS): Promise<string> {
  const missing: string[] = [];
  for (let known = resolve(path); ; known = dirname(known)) {
    const real = await realpath(known).catch(() => undefined);
    if (real !== undefined || known === dirname(known)) return join(real ?? known, ...missing);
    const next = links === 0 ? undefined : await readlink(known).catch(() => undefined);
    if (next !== undefined) {
      const target = resolve(await targetOf(dirname(known), links - 1), next);
      return targetOf(join(target, ...missing), links - 1);
    }
    missing.unshift(basename(known));
  }
}
