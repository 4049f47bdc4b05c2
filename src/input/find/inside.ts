import { stat } from "node:fs/promises";
import { sep } from "node:path";
import { targetOf } from "../open/target.js";

/**
 * True if the target of a path is the folder or lies in it at any depth. The path need not exist; links are followed.
 */
export async function isInside(path: string, folder: string): Promise<boolean> {
  const [inner, outer] = [await targetOf(path), await targetOf(folder)];
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : `${outer}${sep}`);
}

/** True if one of the paths is a folder that contains the file. */
export async function isInOneOf(file: string, paths: readonly string[]): Promise<boolean> {
  for (const path of paths) if ((await isFolder(path)) && (await isInside(file, path))) return true;
  return false;
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
