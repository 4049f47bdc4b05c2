import type { Dirent } from "node:fs";
import { lstat, readdir, realpath } from "node:fs/promises";
import { isAbsolute, relative, sep } from "node:path";
import type { NotRead } from "../../model/report.js";
import { isReadError, reasonOf } from "../open/reasons.js";
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
  await walker.walk(signal);
  return walker;
}

interface Place {
  readonly prefix: string;
  readonly isHidden: boolean;
}

class Walker implements Walked {
  readonly files: WalkedFile[] = [];
  readonly notRead: NotRead[] = [];
  readonly problems: InputProblem[] = [];
  readonly #places: Place[] = [{ prefix: "", isHidden: false }];

  constructor(
    readonly folder: string,
    readonly root: string,
  ) {}

  async walk(signal?: AbortSignal): Promise<void> {
    for (const place of this.#places) {
      signal?.throwIfAborted();
      for (const entry of await this.#entries(place)) await this.#take(entry, place);
    }
  }

  async #entries({ prefix }: Place): Promise<readonly Dirent[]> {
    try {
      return await readdir(`${this.folder}/${prefix}`, { withFileTypes: true });
    } catch (error) {
      if (prefix === "" || !isReadError(error)) throw error;
      const path = prefix.slice(0, -1);
      this.problems.push({ path, message: reasonOf(error) });
      this.notRead.push(unreadable(path, error));
      return [];
    }
  }

  async #take(entry: Dirent, { prefix, isHidden: isAround }: Place): Promise<void> {
    const name = prefix + entry.name;
    const isHidden = isAround || entry.name.startsWith(".");
    const type = await this.#typeOf(entry, name);
    if (type.isFile()) this.files.push({ name, isHidden });
    else if (type.isSymbolicLink()) await this.#takeLink(name);
    else if (!type.isDirectory()) this.notRead.push({ path: name, reason: "not a regular file" });
    else if (NOT_ENTERED.has(entry.name)) this.notRead.push({ path: name, reason: "not entered" });
    else this.#places.push({ prefix: `${name}/`, isHidden });
  }

  /** Some file systems list entries without a type. */
  async #typeOf(
    entry: Dirent,
    name: string,
  ): Promise<Pick<Dirent, "isFile" | "isDirectory" | "isSymbolicLink">> {
    const isTold =
      entry.isFile() || entry.isDirectory() || entry.isSymbolicLink() || entry.isFIFO() || entry.isSocket();
    if (isTold) return entry;
    return lstat(`${this.folder}/${name}`).catch(() => entry);
  }

  /** Skip a link to something that the walk finds anyway. */
  async #takeLink(name: string): Promise<void> {
    const target = await realpath(`${this.folder}/${name}`).catch(() => undefined);
    if (target !== undefined && this.#isWalked(target)) return;
    this.notRead.push({ path: name, reason: "link", mayHoldEvidence: true });
  }

  #isWalked(target: string): boolean {
    const names = relative(this.root, target).split(sep);
    return isWithin(this.root, target) && !names.some((name) => NOT_ENTERED.has(name));
  }
}

/** True if `path` is the folder or lies in it; both must be free of links. */
export function isWithin(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return !isAbsolute(inside) && inside !== ".." && !inside.startsWith(`..${sep}`);
}

/** A file or folder with unknown content. */
export function unreadable(path: string, error: unknown): NotRead {
  const isDenied = reasonOf(error) === "permission denied";
  return { path, reason: isDenied ? "permission denied" : "cannot be read", mayHoldEvidence: true };
}
