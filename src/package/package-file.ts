import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The package's folder by its own name: what is built may stand anywhere in it. */
const FOLDER = dirname(createRequire(import.meta.url).resolve("mplp-check/package.json"));

/**
 * The path of a file that the package brings.
 *
 * @param path from the package's folder
 */
export function packageFile(path: string): string {
  return join(FOLDER, path);
}
