import { realpath, stat } from "node:fs/promises";
import { relative, sep } from "node:path";
import { type Glob, globOf } from "../../model/glob.js";
import type { NotRead } from "../../model/report.js";
import { type Entry, Listing } from "./listing.js";
import type { InputProblem } from "./problem.js";
import { isWithin } from "./walk.js";

/** What a pattern leads to; paths are spelled as the pattern spells its folder. */
export interface Matching {
  /** Files that match, in any order. */
  readonly files: readonly string[];
  /** Entries that match, or lead to what may match, and are not read. */
  readonly notRead: readonly NotRead[];
  /** Folders that could not be listed. */
  readonly problems: readonly InputProblem[];
}

/**
 * Finds what matches a pattern. Only folders that lead to matches are listed. A link is followed to a file in the
 * pattern's folder. Names are compared in linear time, because the pattern and the names may be hostile.
 *
 * @throws GlobError if the pattern is not usable
 * @throws errors of the file system if the pattern's folder cannot be listed
 */
export async function matching(pattern: string, signal?: AbortSignal): Promise<Matching> {
  const { folder, rest } = splitPattern(pattern);
  const glob = globOf(rest);
  const root = await realpath(folder).catch(() => undefined);
  if (root === undefined) return { files: [], notRead: [], problems: [] };
  return new Matcher(folder, root, glob).find(isHiddenMeant(rest), signal);
}

/** Names with a leading dot match only a pattern that writes the dot. */
function isHiddenMeant(rest: string): boolean {
  return /(?:^|[/{,])\./.test(rest);
}

class Matcher {
  readonly #files: string[] = [];
  readonly #notRead: NotRead[] = [];
  readonly #folder: string;
  readonly #root: string;
  readonly #glob: Glob;

  constructor(folder: string, root: string, glob: Glob) {
    this.#folder = folder;
    this.#root = root;
    this.#glob = glob;
  }

  async find(withHidden: boolean, signal: AbortSignal | undefined): Promise<Matching> {
    const listing = new Listing(this.#folder);
    const isMeant = ({ isHidden }: Entry): boolean => withHidden || !isHidden;
    const enters = (entry: Entry): boolean => isMeant(entry) && this.#glob.leads(entry.name);
    for await (const entry of listing.entries(enters, signal)) if (isMeant(entry)) await this.#take(entry);
    const placed = <Item extends { readonly path: string }>(item: Item): Item => ({
      ...item,
      path: this.#placed(item.path),
    });
    return {
      files: this.#files.map((name) => this.#placed(name)),
      notRead: [...this.#notRead, ...listing.unlisted].map(placed),
      problems: listing.problems.map(placed),
    };
  }

  #placed(name: string): string {
    return this.#folder === "." ? name : `${this.#folder.replace(/\/$/, "")}/${name}`;
  }

  async #take({ name, type }: Entry): Promise<void> {
    if (type === "link") return this.#takeLink(name);
    if (type === "folder" || !this.#glob.matches(name)) return;
    if (type === "file") this.#files.push(name);
    else this.#notRead.push({ path: name, reason: "not a regular file" });
  }

  async #takeLink(name: string): Promise<void> {
    const [isMatch, isLead] = [this.#glob.matches(name), this.#glob.leads(name)];
    if (!isMatch && !isLead) return;
    const target = await realpath(`${this.#folder}/${name}`).catch(() => undefined);
    const found = target === undefined ? undefined : await stat(target).catch(() => undefined);
    const isFolder = found?.isDirectory() === true;
    if (!isMatch && !isFolder) return;
    if (target === undefined || !isWithin(this.#root, target) || (isLead && isFolder && !this.#leads(target)))
      this.#notRead.push({ path: name, reason: "link", mayHoldEvidence: true });
    else if (found?.isFile() === false && !isFolder)
      this.#notRead.push({ path: name, reason: "not a regular file" });
    else if (!isFolder) this.#files.push(name);
  }

  /** True if the pattern leads to a folder under its own name. */
  #leads(target: string): boolean {
    return target === this.#root || this.#glob.leads(relative(this.#root, target).split(sep).join("/"));
  }
}

/** Splits a pattern into its fixed folder and the pattern for paths in it. */
export function splitPattern(pattern: string): { readonly folder: string; readonly rest: string } {
  const [folder = ""] = /^[^*?[\]{}()!+@]*\//.exec(pattern) ?? [];
  return {
    folder: folder.length > 1 ? folder.slice(0, -1) : folder || ".",
    rest: pattern.slice(folder.length),
  };
}
