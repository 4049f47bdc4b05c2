import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { NotRead } from "../../model/report.js";
import { inParallel } from "../open/in-parallel.js";
import { STDIN } from "../open/open.js";
import { isReadError, reasonOf } from "../open/reasons.js";
import { fileIdentity } from "../open/same-file.js";
import { notThere } from "../open/why-not-read.js";
import { complaintAbout } from "./foreign.js";
import { inFolder } from "./in-folder.js";
import { isPattern } from "./is-pattern.js";
import { type Judge, lookAt } from "./look.js";
import { matching } from "./matching.js";
import { foldersOf, packsAmong } from "./pack-paths.js";
import { type Found, place } from "./placed.js";
import type { InputProblem } from "./problem.js";
import { byAge, byCodeUnit } from "./rotation.js";
import { walk } from "./walk.js";

export type { InputProblem } from "./problem.js";

export interface Discovered {
  /** Files in the order of the arguments, each once; those of a folder or glob are sorted by name and age. */
  readonly files: readonly string[];
  /** The form of each file whose name does not give it. */
  readonly forms: ReadonlyMap<string, "log" | "document">;
  readonly problems: readonly InputProblem[];
  /** Evidence pack folders; `files` contains only their timelines. */
  readonly packs: readonly string[];
  /** What the search left out of the folders, sorted by path. */
  readonly notRead: readonly NotRead[];
}

/** The files and problems that one argument leads to. */
interface Expanded {
  readonly files: readonly Found[];
  readonly packs?: readonly string[];
  readonly problems?: readonly InputProblem[];
  readonly notRead?: readonly NotRead[];
}

/**
 * Turns the paths of a command line (files, folders, globs, "-") into the files to read. A folder is searched by
 * content. A file that the user names is read unless it cannot be a log.
 *
 * @param judge knows records and mappings
 * @param isPack decides which folders are evidence packs whatever they hold
 * @throws the abort reason of the judge's signal
 */
export async function discover(
  paths: readonly string[],
  judge: Judge,
  isPack: (path: string) => boolean = () => false,
): Promise<Discovered> {
  const files = new Map<string, Found>();
  const packs = new Map<string, string>();
  const problems: InputProblem[] = [];
  const notRead = new Map<string, NotRead>();
  for (const path of paths) {
    const expanded = await expand(path, judge, isPack(path));
    judge.signal?.throwIfAborted();
    for (const file of expanded.files) addOnce(file.identity ?? (await fileIdentity(file.path)), file, files);
    for (const pack of expanded.packs ?? []) addOnce(await fileIdentity(pack), pack, packs);
    problems.push(...(expanded.problems ?? []));
    for (const item of expanded.notRead ?? []) addOnce(resolve(item.path), item, notRead);
  }
  const found = [...files.values()];
  return {
    files: found.map(({ path }) => path),
    forms: new Map(found.flatMap(({ path, form }) => (form === undefined ? [] : [[path, form]]))),
    problems,
    packs: [...packs.values()],
    notRead: await without(files, [...notRead.values()]),
  };
}

function addOnce<Item>(identity: string, item: Item, known: Map<string, Item>): void {
  if (!known.has(identity)) known.set(identity, item);
}

const UNREADABLE: readonly string[] = ["permission denied", "cannot be read"];

/** Drops entries that another argument names as files to read. Unreadable entries stay. */
async function without(
  read: ReadonlyMap<string, Found>,
  notRead: readonly NotRead[],
): Promise<readonly NotRead[]> {
  const paths = new Set([...read.values()].map(({ path }) => resolve(path)));
  const isRead = await inParallel(
    notRead,
    async ({ path, mayHoldEvidence }) =>
      paths.has(resolve(path)) || (mayHoldEvidence === true && read.has(await fileIdentity(path))),
  );
  return notRead
    .filter(({ reason }, index) => UNREADABLE.includes(reason) || isRead[index] !== true)
    .sort((a, b) => byCodeUnit(a.path, b.path));
}

async function expand(path: string, judge: Judge, isForcedPack: boolean): Promise<Expanded> {
  if (path === STDIN) return { files: [{ path }] };
  if (path === "")
    return { files: [], problems: [{ path, message: "a path is empty: name a file or a folder" }] };
  try {
    const entry = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ENOTDIR" || error.code === "EINVAL") return undefined;
      throw error;
    });
    if (entry === undefined) return await matches(path, judge);
    if (entry.isDirectory()) return await search(path.replace(/(?<=.)[/\\]+$/, ""), judge, isForcedPack);
    return entry.isFile() ? await named(path, judge) : { files: [{ path }] };
  } catch (error) {
    return { files: [], problems: [{ path, message: reasonOf(error) }] };
  }
}

/** A file that the user names: any name is fine if the content is readable. */
async function named(path: string, judge: Judge): Promise<Expanded> {
  try {
    const { foreign, form } = await lookAt(path, judge);
    if (foreign !== undefined) return { files: [], problems: [{ path, message: complaintAbout(foreign) }] };
    return { files: [{ path, ...(form && { form }) }] };
  } catch (error) {
    if (!isReadError(error)) throw error;
    // The reader reports what is wrong.
    return { files: [{ path }] };
  }
}

/** The logs and documents of a folder; of an evidence pack in it, only the timeline. */
async function search(folder: string, judge: Judge, isForcedPack: boolean): Promise<Expanded> {
  const walked = await walk(folder, judge.signal);
  const packs = isForcedPack ? new Set([""]) : packsAmong(walked.files);
  const inPack = (name: string): string | undefined => foldersOf(name).find((around) => packs.has(around));
  const sorted = [...walked.files].sort((a, b) => byAge(a.name, b.name));
  const placed = await inParallel(
    sorted,
    (file) => place(folder, file, inPack(file.name), judge),
    judge.signal,
  );
  const files = placed.flatMap(({ read }) => read ?? []);
  const problems = [
    ...walked.problems.filter(({ path }) => inPack(path) === undefined),
    ...placed.flatMap(({ problem }) => problem ?? []),
  ];
  if (files.length === 0 && packs.size === 0 && problems.length === 0)
    problems.push({ path: "", message: "the folder holds no event log, sample, snapshot or mapping" });
  const within = <Item extends { readonly path: string }>(item: Item): Item => ({
    ...item,
    path: item.path === "" ? folder : inFolder(folder, item.path),
  });
  return {
    files: files.map((file) => ({ ...within(file), identity: join(walked.root, file.path) })),
    packs: [...packs].map((pack) => within({ path: pack }).path),
    problems: problems.map(within),
    notRead: [...walked.notRead, ...placed.flatMap(({ notRead }) => notRead ?? [])].map(within),
  };
}

/**
 * The files that a pattern matches, as if the user had named them. Links that leave the pattern's folder are ignored.
 */
async function matches(pattern: string, judge: Judge): Promise<Expanded> {
  if (!(await isPattern(pattern))) throw new Error(await notThere(pattern));
  const { files, notRead, problems } = await matching(pattern.replaceAll("\\", "/"), judge.signal);
  if (files.length === 0 && problems.length === 0)
    return { files: [], notRead, problems: [{ path: pattern, message: "the pattern matches no file" }] };
  const found = await inParallel([...files].sort(byAge), (path) => named(path, judge), judge.signal);
  return {
    files: found.flatMap((each) => each.files),
    problems: [...problems, ...found.flatMap((each) => each.problems ?? [])],
    notRead,
  };
}
