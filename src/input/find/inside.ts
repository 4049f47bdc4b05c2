import { realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";

/** Whether what a path stands for, there or not, is a folder or lies in it, however deep. A link counts as what it leads to. */
export async function isInside(path: string, folder: string): Promise<boolean> {
  const [inner, outer] = [await placeOf(path), await placeOf(folder)];
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : `${outer}${sep}`);
}

/** Whether one of some paths is a folder in which a file lies. */
export async function isInOneOf(file: string, paths: readonly string[]): Promise<boolean> {
  for (const path of paths) if ((await isFolder(path)) && (await isInside(file, path))) return true;
  return false;
}

/** Where a path leads: of what is not there yet, where it would be. */
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
