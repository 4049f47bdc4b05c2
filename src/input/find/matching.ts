import { globMatcher } from "../../model/glob.js";
import { glob } from "./glob.js";

/**
 * Paths that match a pattern, in any order. Links are not followed. Names are compared in linear time, because the
 * pattern and the names may be hostile.
 *
 * @param onlyFiles true to leave out folders and links
 * @throws GlobError if the pattern is not usable
 */
export async function pathsMatching(pattern: string, onlyFiles: boolean): Promise<string[]> {
  const { folder, rest } = splitPattern(pattern);
  const matches = globMatcher([rest]);
  const names = await glob("**", {
    cwd: folder,
    onlyFiles,
    followSymbolicLinks: false,
    // Names with a leading dot match only a pattern that writes the dot.
    dot: /(?:^|[/{,])\./.test(rest),
    deep: depthOf(rest),
  });
  const placed = (name: string): string => (folder === "." ? name : `${folder.replace(/\/$/, "")}/${name}`);
  return names.filter(matches).map(placed);
}

/** Splits a pattern into its fixed folder and the pattern for paths in it. */
export function splitPattern(pattern: string): { readonly folder: string; readonly rest: string } {
  const [folder = ""] = /^[^*?[\]{}()!+@]*\//.exec(pattern) ?? [];
  return {
    folder: folder.length > 1 ? folder.slice(0, -1) : folder || ".",
    rest: pattern.slice(folder.length),
  };
}

/** The number of folders that a match can lie deep. */
function depthOf(rest: string): number {
  const isAnyDepth = rest.includes("**") || /\{[^}]*\//.test(rest);
  return isAnyDepth ? Number.POSITIVE_INFINITY : rest.split("/").length;
}
