import { realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";

/**
 * True if the target of a path is the folder or lies in it at any depth. The path need not exist; links are followed.
 */
export async function isInside(path: string, folder: string): Promise<boolean> {
  const [inner, outer] = [await placeOf(path), await placeOf(folder)];
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : `${outer}${sep}`);
}

/** True if one of the paths is a folder that contains the file. */
export async function isInOneOf(file: string, paths: readonly string[]): Promise<boolean> {
  for (const path of paths) if ((await isFolder(path)) && (await isInside(file, path))) return true;
  return false;
}

/** Resolves a path with its links; of a missing file, the place where it would be. */
async function placeOf(path: string): Promise<string> {
  const missing: string[] = [];
  for (let known = resolve(path); ; known = dirname(known)) {
    const real = await realpath(known).catch(() => undefined);
    if (real !== undefined || known === dirname(known)) return join(real ?? known, ...missing);
    missing.unshift(basename(known));
  }
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
