import { stat } from "node:fs/promises";
import { dirname } from "node:path/posix";
import { isEvidencePack, MANIFEST, timelineOf } from "./evidence-pack.js";
import { glob, isPattern } from "./glob.js";
import { pathsMatching } from "./matching.js";
import { STDIN } from "./open.js";
import { reasonOf } from "./reasons.js";
import { fileIdentity } from "./same-file.js";

/** Something that could not be read, and why. */
export interface InputProblem {
  readonly path: string;
  readonly message: string;
}

export interface Discovered {
  /** Files in the order of the arguments, those of a folder or glob sorted by name; none twice. */
  readonly files: readonly string[];
  readonly problems: readonly InputProblem[];
  /** Folders that are evidence packs; of these only the timeline is among the files. */
  readonly packs: readonly string[];
}

/** What a folder is searched for. A file that is named outright may be called anything. */
const LOGS = "**/*.{ndjson,jsonl,json}{,.gz,.zst}";
/** Names of documents, which a folder may hold for other reasons than ours. */
const DOCUMENTS = "**/*.{yaml,yml,md,markdown}{,.gz,.zst}";

/**
 * Turns the paths of a command line (files, folders, globs, "-") into the files to read.
 *
 * @param isOurs says of a document found in a folder whether it is to be read; by default all are
 * @param isPack says which folders are evidence packs whatever they hold
 */
export async function discover(
  paths: readonly string[],
  isOurs: (path: string) => Promise<boolean> = async () => true,
  isPack: (path: string) => boolean = () => false,
): Promise<Discovered> {
  const files = new Map<string, string>();
  const problems: InputProblem[] = [];
  const packs = new Map<string, string>();
  for (const path of paths) {
    const found: string[] = [];
    try {
      for (const file of await expand(path, found, isOurs, isPack(path))) await addOnce(file, files);
    } catch (error) {
      problems.push({ path, message: reasonOf(error) });
    }
    for (const pack of found) await addOnce(pack, packs);
  }
  return { files: [...files.values()], problems, packs: [...packs.values()] };
}

/** Adds a path, unless one of the same file or folder is there. */
async function addOnce(path: string, known: Map<string, string>): Promise<void> {
  const identity = await fileIdentity(path);
  if (!known.has(identity)) known.set(identity, path);
}

async function expand(
  path: string,
  packs: string[],
  isOurs: (path: string) => Promise<boolean>,
  isForcedPack: boolean,
): Promise<readonly string[]> {
  if (path === STDIN) return [STDIN];
  const entry = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR" || error.code === "EINVAL") return undefined;
    throw error;
  });
  if (entry === undefined) return matches(path);
  if (!entry.isDirectory()) return [path];
  const folder = path.replace(/(?<=.)[/\\]+$/, "");
  if (isForcedPack || (await isEvidencePack(folder))) {
    packs.push(folder);
    return (await timelineOf(folder)).map((name) => inFolder(folder, name));
  }
  const names = [...(await search(folder, packs, isOurs))].sort(byCodeUnit);
  return names.map((name) => inFolder(folder, name));
}

/** The logs and documents of a folder; of the evidence packs in it, their timelines only. */
async function search(
  folder: string,
  packs: string[],
  isOurs: (path: string) => Promise<boolean>,
): Promise<readonly string[]> {
  // Links to folders are not followed, lest it go round in circles; links to files are files.
  const options = { cwd: folder, onlyFiles: false, followSymbolicLinks: false, caseSensitiveMatch: false };
  const logs = await glob(LOGS, options);
  const packed = await packsAmong(logs, folder);
  const names: string[] = [];
  for (const name of logs)
    if (!isWithin(packed, name) && (await isLog(`${folder}/${name}`))) names.push(name);
  for (const name of await glob(DOCUMENTS, { ...options, onlyFiles: true }))
    if (!isWithin(packed, name) && (await isOurs(inFolder(folder, name)))) names.push(name);
  for (const pack of packed) {
    packs.push(inFolder(folder, pack));
    for (const name of await timelineOf(`${folder}/${pack}`)) names.push(`${pack}/${name}`);
  }
  if (names.length === 0 && packed.length === 0)
    throw new Error("the folder holds no .ndjson, .jsonl or .json file and no mapping");
  return names;
}

/** The folders that are evidence packs, of those whose manifests are among some names; none within another. */
async function packsAmong(names: readonly string[], folder: string): Promise<readonly string[]> {
  const packed: string[] = [];
  const manifests = names.filter((name) => name.endsWith(`/${MANIFEST}`));
  // In this order a folder comes before those in it.
  for (const candidate of manifests.map(dirname).sort(byCodeUnit))
    if (!isWithin(packed, candidate) && (await isEvidencePack(`${folder}/${candidate}`)))
      packed.push(candidate);
  return packed;
}

function isWithin(folders: readonly string[], name: string): boolean {
  return folders.some((folder) => name.startsWith(`${folder}/`));
}

function inFolder(folder: string, name: string): string {
  return folder === "." ? name : `${folder === "/" ? "" : folder}/${name}`;
}

/** Whether a name is a file's. One that leads nowhere counts too, so that reading it says so. */
async function isLog(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => true,
  );
}

async function matches(pattern: string): Promise<readonly string[]> {
  if (!(await isPattern(pattern))) throw new Error("no such file or folder");
  const files = await pathsMatching(pattern.replaceAll("\\", "/"), true);
  if (files.length === 0) throw new Error("the pattern matches no file");
  return files.sort(byCodeUnit);
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
