import { globMatcher } from "../../model/glob.js";
import { glob } from "./glob.js";

/**
 * Paths that match a pattern, in no order. Folders are gone through as they are and names compared in linear time, since
 * both the pattern and the names may be a stranger's. Links are not followed.
 *
 * @param onlyFiles whether folders and links are left out
 * @throws GlobError where the pattern cannot be used
 */
export async function pathsMatching(pattern: string, onlyFiles: boolean): Promise<string[]> {
  const { folder, rest } = splitPattern(pattern);
  const matches = globMatcher([rest]);
  const names = await glob("**", {
    cwd: folder,
    onlyFiles,
    followSymbolicLinks: false,
    // What begins with a dot is hidden from all but those who write the dot.
    dot: /(?:^|[/{,])\./.test(rest),
    deep: depthOf(rest),
  });
  const placed = (name: string): string => (folder === "." ? name : `${folder.replace(/\/$/, "")}/${name}`);
  return names.filter(matches).map(placed);
}

/** The folder that a pattern is about, and what it says of the paths in it. */
export function splitPattern(pattern: string): { readonly folder: string; readonly rest: string } {
  const [folder = ""] = /^[^*?[\]{}()!+@]*\//.exec(pattern) ?? [];
  return {
    folder: folder.length > 1 ? folder.slice(0, -1) : folder || ".",
    rest: pattern.slice(folder.length),
  };
}

/** How many folders deep a match can lie. */
function depthOf(rest: string): number {
  const isAnyDepth = rest.includes("**") || /\{[^}]*\//.test(rest);
  return isAnyDepth ? Number.POSITIVE_INFINITY : rest.split("/").length;
}
