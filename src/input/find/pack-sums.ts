import { lstat, readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import type { RunError } from "../../model/report.js";
import { reasonOf } from "../open/reasons.js";
import { sha256Of } from "../open/same-file.js";
import { inFolder } from "./in-folder.js";
import { SUMS } from "./pack-paths.js";
import { isWithin } from "./walk.js";

/** A line of a list of checksums. */
export interface Sum {
  readonly line: number;
  readonly name: string;
  readonly sha256: string;
}

/** The lines of a list of checksums; an error for each other line. */
export function sumsIn(list: string, path: string, errors: RunError[]): readonly Sum[] {
  return list.split(/\r?\n/).flatMap((text, index) => {
    if (text.trim() === "" || text.startsWith("#")) return [];
    const [, sha256, name] = /^([0-9a-f]{64}) [ *](.+)$/i.exec(text) ?? [];
    if (sha256 !== undefined && name !== undefined) return [{ line: index + 1, name, sha256 }];
    errors.push({
      path,
      line: index + 1,
      message: "not a checksum: write 64 hex digits, two blanks, a path",
    });
    return [];
  });
}

/** The list of checksums; empty if the pack has none. */
export async function sumsText(folder: string, errors: RunError[]): Promise<string> {
  return (await smallText(inFolder(folder, SUMS), errors)) ?? "";
}

/** The text of a file in the pack. Undefined if the file is missing, or, with an error, if it is not read. */
export async function smallText(path: string, errors: RunError[]): Promise<string | undefined> {
  try {
    const found = await lstat(path);
    if (!found.isFile()) errors.push({ path, message: "is no regular file" });
    else if (found.size > MAX_BYTES) errors.push({ path, message: `is longer than ${MAX_BYTES} bytes` });
    else return await readFile(path, "utf8");
  } catch (error) {
    if (!NOWHERE.includes((error as NodeJS.ErrnoException).code))
      errors.push({ path, message: reasonOf(error) });
  }
  return undefined;
}

const NOWHERE: readonly unknown[] = ["ENOENT", "ENOTDIR"];

/** Why a file of the pack differs from its listed checksum; undefined if it matches. */
export async function verify(folder: string, name: string, sha256: string): Promise<string | undefined> {
  try {
    const file = await realpath(join(folder, name));
    if (!isWithin(await realpath(folder), file)) return "the path leads out of the evidence folder";
    if (!(await isFile(file))) return "is no regular file";
    return (await sha256Of(file)) === sha256.toLowerCase() ? undefined : "is not the file that was listed";
  } catch (error) {
    return `cannot be read: ${reasonOf(error)}`;
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

export const MAX_NAME = 200;
const MAX_BYTES = 4 << 20;
