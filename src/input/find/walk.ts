import { realpath } from "node:fs/promises";
import { isAbsolute, relative, sep } from "node:path";
import type { NotRead } from "../../model/report.js";
import { type Entry, Listing } from "./listing.js";
import type { InputProblem } from "./problem.js";

/** A regular file of a folder. */
export interface WalkedFile {
  /** Relative to the folder, with slashes. */
  readonly name: string;
  /** True if its name, or that of a folder around it, begins with a dot. */
  readonly isHidden: boolean;
}

/** The content of a folder at any depth; paths are relative to the folder. */
export interface Walked {
  /** The folder itself, with links resolved. */
  readonly root: string;
  readonly files: readonly WalkedFile[];
  /** Entries that are neither files nor folders, and folders that the walk skips. */
  readonly notRead: readonly NotRead[];
  /** Folders that could not be listed. */
  readonly problems: readonly InputProblem[];
}

/** Folders of dependencies and of version history hold no logs. */
const NOT_ENTERED: ReadonlySet<string> = new Set([".git", "node_modules"]);

/**
 * Lists a folder and its subfolders. Links are not followed: their targets are found under their own paths, or lie
 * elsewhere. An unlistable subfolder loses only its own content.
 *
 * @throws errors of the file system if the folder itself cannot be listed
 */
export async function walk(folder: string, signal?: AbortSignal): Promise<Walked> {
  const walker = new Walker(folder, await realpath(folder));
  return walker.walk(signal);
}

class Walker {
  readonly #files: WalkedFile[] = [];
  readonly #notRead: NotRead[] = [];
  readonly #folder: string;
  readonly #root: string;

  constructor(folder: string, root: string) {
    this.#folder = folder;
    this.#root = root;
  }

  async walk(signal?: AbortSignal): Promise<Walked> {
    const listing = new Listing(this.#folder);
    for await (const entry of listing.entries(isEntered, signal)) await this.#take(entry);
    return {
      root: this.#root,
      files: this.#files,
      notRead: [...this.#notRead, ...listing.unlisted],
      problems: listing.problems,
    };
  }

  async #take(entry: Entry): Promise<void> {
    const { name, isHidden, type } = entry;
    if (type === "file") this.#files.push({ name, isHidden });
    else if (type === "link") await this.#takeLink(name);
    else if (type === "other") this.#notRead.push({ path: name, reason: "not a regular file" });
    else if (!isEntered(entry)) this.#notRead.push({ path: name, reason: "not entered" });
  }

  /** Skip a link to something that the walk finds anyway. */
  async #takeLink(name: string): Promise<void> {
    const target = await realpath(`${this.#folder}/${name}`).catch(() => undefined);
    if (target !== undefined && this.#isWalked(target)) return;
    this.#notRead.push({ path: name, reason: "link", mayHoldEvidence: true });
  }

  #isWalked(target: string): boolean {
    const names = relative(this.#root, target).split(sep);
    return isWithin(this.#root, target) && !names.some((name) => NOT_ENTERED.has(name));
  }
}

function isEntered({ name }: Entry): boolean {
  return !NOT_ENTERED.has(name.slice(name.lastIndexOf("/") + 1));
}

/** True if `path` is the folder or lies in it; both must be free of links. */
export function isWithin(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return !isAbsolute(inside) && inside !== ".." && !inside.startsWith(`..${sep}`);
}
