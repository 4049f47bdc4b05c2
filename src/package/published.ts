import { VERSION } from "./version.js";

/**
 * The address at which anybody finds a file of this version of the package.
 *
 * @param path from the package's folder
 */
export function publishedAt(path: string): string {
  return `https://raw.githubusercontent.com/mplp-check/mplp-check/v${VERSION}/${path}`;
}
