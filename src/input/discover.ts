import { stat } from "node:fs/promises";
import { isEvidencePack, timelineOf } from "./evidence-pack.js";
import { glob, isPattern } from "./glob.js";
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
  const packs: string[] = [];
  for (const path of paths) {
    try {
      for (const file of await expand(path, packs, isOurs, isPack(path))) {
        const identity = await fileIdentity(file);
        if (!files.has(identity)) files.set(identity, file);
      }
    } catch (error) {
      problems.push({ path, message: reasonOf(error) });
    }
  }
  return { files: [...files.values()], problems, packs };
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
  // Links to folders are not followed, lest it go round in circles; links to files are files.
  const options = { cwd: path, onlyFiles: false, followSymbolicLinks: false, caseSensitiveMatch: false };
  const names: string[] = [];
  for (const name of await glob(LOGS, options)) if (await isLog(`${folder}/${name}`)) names.push(name);
  for (const name of await glob(DOCUMENTS, { ...options, onlyFiles: true }))
    if (await isOurs(inFolder(folder, name))) names.push(name);
  if (names.length === 0) throw new Error("the folder holds no .ndjson, .jsonl or .json file and no mapping");
  names.sort(byCodeUnit);
  return names.map((name) => inFolder(folder, name));
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
  const files = await glob(pattern.replaceAll("\\", "/"), { onlyFiles: true });
  if (files.length === 0) throw new Error("the pattern matches no file");
  return files.sort(byCodeUnit);
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
