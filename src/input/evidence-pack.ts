import type { Dirent } from "node:fs";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import type { EvidencePack, RunError } from "../model/report.js";
import { glob } from "./glob.js";
import { reasonOf } from "./reasons.js";
import { sha256Of } from "./same-file.js";

export const MANIFEST = "manifest.json";
const SUMS = "integrity/sha256sums.txt";
const TIMELINE = "timeline/**/*.{ndjson,jsonl}{,.gz,.zst}";

/** Whether a folder is an evidence pack: a manifest, and a timeline or checksums beside it. */
export async function isEvidencePack(folder: string): Promise<boolean> {
  if (!(await isFile(join(folder, MANIFEST)))) return false;
  return (await isFile(join(folder, SUMS))) || (await timelineOf(folder)).length > 0;
}

/** The event logs of a pack, by path from its folder, sorted. */
export async function timelineOf(folder: string): Promise<readonly string[]> {
  return (await glob(TIMELINE, { cwd: folder, followSymbolicLinks: false })).sort();
}

/** What is known of a pack, and what is wrong with it. */
export interface VerifiedPack {
  readonly pack: EvidencePack;
  readonly errors: readonly RunError[];
}

/**
 * Verifies the checksums of a pack, and says what of it is not checked otherwise.
 *
 * @param read the files that the run has read, as absolute paths
 */
export async function verifyPack(folder: string, read: ReadonlySet<string>): Promise<VerifiedPack> {
  const errors: RunError[] = [];
  const sums = await readSums(folder, errors);
  const verified = await verifySums(folder, sums, errors);
  const listed = new Set(sums.map(({ name }) => resolve(folder, name)));
  const names = await filesOf(folder, errors);
  const isRead = (name: string): boolean => read.has(resolve(folder, name));
  const notChecked = names.filter((name) => !isRead(name) && name !== SUMS);
  const withoutChecksum = names.filter((name) => isRead(name) && !listed.has(resolve(folder, name)));
  return {
    pack: {
      path: folder,
      checksums: { listed: sums.length, verified },
      notChecked: listedOf(notChecked),
      withoutChecksum: listedOf(withoutChecksum),
    },
    errors: listedErrors(folder, errors),
  };
}

/** Everything in a folder but folders: links and devices too, and whatever their names hold. */
async function filesOf(folder: string, errors: RunError[]): Promise<readonly string[]> {
  const names: string[] = [];
  const prefixes = [""];
  for (const prefix of prefixes) {
    for (const entry of await entriesOf(`${folder}/${prefix}`, errors)) {
      if (entry.isDirectory()) prefixes.push(`${prefix}${entry.name}/`);
      else names.push(`${prefix}${entry.name}`);
    }
  }
  return names.sort();
}

/** What a folder holds; nothing, and an error, where it cannot be read. */
async function entriesOf(folder: string, errors: RunError[]): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    errors.push({ path: folder.slice(0, -1), message: reasonOf(error) });
    return [];
  }
}

/** The first errors of a pack, and how many more there are. */
function listedErrors(folder: string, errors: readonly RunError[]): readonly RunError[] {
  if (errors.length <= MAX_LISTED) return errors;
  const more = { path: folder, message: `${errors.length - MAX_LISTED} more errors of this evidence folder` };
  return [...errors.slice(0, MAX_LISTED), more];
}

/** The first names of a list, and how many more there are. */
function listedOf(names: readonly string[]): readonly string[] {
  if (names.length <= MAX_LISTED) return names;
  return [...names.slice(0, MAX_LISTED), `and ${names.length - MAX_LISTED} more`];
}

async function verifySums(folder: string, sums: readonly Sum[], errors: RunError[]): Promise<number> {
  const seen = new Set<string>();
  let verified = 0;
  for (const { line, name, sha256 } of sums) {
    const file = resolve(folder, name);
    // A list that names one file again and again must not have it read again and again.
    const problem = seen.has(file) ? "is listed before" : await verify(folder, name, sha256);
    seen.add(file);
    if (problem === undefined) verified++;
    else errors.push({ path: `${folder}/${SUMS}`, line, message: `${name.slice(0, MAX_NAME)}: ${problem}` });
  }
  return verified;
}

const MAX_NAME = 200;
const MAX_LISTED = 200;
const MAX_SUMS_BYTES = 4 << 20;

interface Sum {
  readonly line: number;
  readonly name: string;
  readonly sha256: string;
}

async function readSums(folder: string, errors: RunError[]): Promise<readonly Sum[]> {
  const path = `${folder}/${SUMS}`;
  const list = await sumsText(path).catch((error: unknown) => {
    errors.push({ path, message: reasonOf(error) });
    return "";
  });
  return list.split(/\r?\n/).flatMap((text, index) => {
    if (text.trim() === "" || text.startsWith("#")) return [];
    const [, sha256, name] = /^([0-9a-f]{64}) [ *](.+)$/i.exec(text) ?? [];
    if (sha256 !== undefined && name !== undefined) return [{ line: index + 1, name, sha256 }];
    errors.push({ path, line: index + 1, message: "this is no checksum: 64 hex digits, two blanks, a path" });
    return [];
  });
}

/** The list of checksums; empty where there is none. */
async function sumsText(path: string): Promise<string> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  });
  if (found?.isFile() !== true) return "";
  if (found.size > MAX_SUMS_BYTES)
    throw new RangeError(`the list of checksums is longer than ${MAX_SUMS_BYTES} bytes`);
  return readFile(path, "utf8");
}

/** Why a file of the pack is not the one that was listed; undefined where it is. */
async function verify(folder: string, name: string, sha256: string): Promise<string | undefined> {
  try {
    const file = await realpath(join(folder, name));
    const inside = relative(await realpath(folder), file);
    if (isAbsolute(inside) || inside === ".." || inside.startsWith(`..${sep}`))
      return "the path leads out of the evidence folder";
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
