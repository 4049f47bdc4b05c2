import type { Dirent } from "node:fs";
import { lstat, readdir, realpath } from "node:fs/promises";
import { isAbsolute, relative, sep } from "node:path";
import type { NotRead } from "../../model/report.js";
import { isReadError, reasonOf } from "../open/reasons.js";
import type { InputProblem } from "./problem.js";

/** A regular file of a folder. */
export interface WalkedFile {
  /** From the folder, with slashes. */
  readonly name: string;
  /** Its name, or that of a folder around it, begins with a dot. */
  readonly isHidden: boolean;
}

/** What a folder holds, however deep; paths are from the folder. */
export interface Walked {
  /** The folder itself, free of links. */
  readonly root: string;
  readonly files: readonly WalkedFile[];
  /** What is neither a file nor a folder, and folders that are not entered. */
  readonly notRead: readonly NotRead[];
  /** Folders that cannot be listed. */
  readonly problems: readonly InputProblem[];
}

/** What others have written, or how a history is kept: nobody logs there. */
const NOT_ENTERED: ReadonlySet<string> = new Set([".git", "node_modules"]);

/**
 * Lists a folder and those in it. Links are not followed: what they lead to is found under its own path, or lies
 * elsewhere. A folder that cannot be listed costs that folder only.
 *
 * @throws errors of the file system where the folder itself cannot be listed
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

  /** Not every file system tells what it lists. */
  async #typeOf(
    entry: Dirent,
    name: string,
  ): Promise<Pick<Dirent, "isFile" | "isDirectory" | "isSymbolicLink">> {
    const isTold =
      entry.isFile() || entry.isDirectory() || entry.isSymbolicLink() || entry.isFIFO() || entry.isSocket();
    if (isTold) return entry;
    return lstat(`${this.folder}/${name}`).catch(() => entry);
  }

  /** A link that leads to something that is walked is no file of its own. */
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

/** Whether a path is that of a folder or of something in it; both are free of links. */
export function isWithin(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return !isAbsolute(inside) && inside !== ".." && !inside.startsWith(`..${sep}`);
}

/** A file or folder of which nobody can tell what it holds. */
export function unreadable(path: string, error: unknown): NotRead {
  const isDenied = reasonOf(error) === "permission denied";
  return { path, reason: isDenied ? "permission denied" : "cannot be read", mayHoldEvidence: true };
}
