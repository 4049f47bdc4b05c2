import type { Dirent } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import type { NotRead } from "../../model/report.js";
import { isReadError } from "../open/reasons.js";
import { whyNotRead } from "../open/why-not-read.js";
import type { InputProblem } from "./problem.js";
import { unreadable } from "./unreadable.js";

/** An entry of a folder, or of a folder in it. */
export interface Entry {
  /** Relative to the folder, with slashes. */
  readonly name: string;
  /** True if its name, or that of a folder around it, begins with a dot. */
  readonly isHidden: boolean;
  readonly type: "file" | "folder" | "link" | "other";
}

interface Place {
  readonly prefix: string;
  readonly isHidden: boolean;
}

/** Lists a folder and its subfolders. Links are not followed. An unlistable subfolder loses only its own content. */
export class Listing {
  /** Folders that could not be listed; paths are relative to the folder. */
  readonly problems: InputProblem[] = [];
  readonly unlisted: NotRead[] = [];
  readonly #places: Place[] = [{ prefix: "", isHidden: false }];

  constructor(readonly folder: string) {}

  /**
   * @param enters decides which subfolders are listed too
   * @throws errors of the file system if the folder itself cannot be listed
   */
  async *entries(enters: (folder: Entry) => boolean, signal?: AbortSignal): AsyncGenerator<Entry> {
    for (const place of this.#places) {
      signal?.throwIfAborted();
      for (const listed of await this.#listed(place)) {
        const entry = await this.#entryFor(listed, place);
        yield entry;
        const { name, isHidden, type } = entry;
        if (type === "folder" && enters(entry)) this.#places.push({ prefix: `${name}/`, isHidden });
      }
    }
  }

  async #listed({ prefix }: Place): Promise<readonly Dirent[]> {
    const folder = `${this.folder}/${prefix}`;
    try {
      return await readdir(folder, { withFileTypes: true });
    } catch (error) {
      if (prefix === "" || !isReadError(error)) throw error;
      const path = prefix.slice(0, -1);
      this.problems.push({ path, message: await whyNotRead(`${this.folder}/${path}`, error) });
      this.unlisted.push(unreadable(path, error));
      return [];
    }
  }

  async #entryFor(listed: Dirent, { prefix, isHidden }: Place): Promise<Entry> {
    const name = prefix + listed.name;
    const type = typeOf(await this.#typed(listed, name));
    return { name, isHidden: isHidden || listed.name.startsWith("."), type };
  }

  /** Some file systems list entries without a type. */
  async #typed(listed: Dirent, name: string): Promise<Typed> {
    const isTold =
      listed.isFile() ||
      listed.isDirectory() ||
      listed.isSymbolicLink() ||
      listed.isFIFO() ||
      listed.isSocket();
    if (isTold) return listed;
    return lstat(`${this.folder}/${name}`).catch(() => listed);
  }
}

type Typed = Pick<Dirent, "isFile" | "isDirectory" | "isSymbolicLink">;

function typeOf(entry: Typed): Entry["type"] {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "folder";
  return entry.isSymbolicLink() ? "link" : "other";
}
