import type { InputDigest } from "../input/open/open.js";
import { fileIdentity, isSameFile } from "../input/open/same-file.js";
import type { RunState } from "./run-state.js";

/** The inputs that a run has from states: to be told when they come again, and read again with care. */
export class EarlierInputs {
  readonly #run: RunState;
  readonly count: number;

  /** @param run after the states have been added, and before anything is read */
  constructor(run: RunState) {
    this.#run = run;
    this.count = run.log.inputs.length;
  }

  /** Whether a file is one of these inputs, with the same bytes: as among the paths of a run, it counts once. */
  async hasFile(path: string): Promise<boolean> {
    for (const input of await this.#called(path)) if (await this.#isSurelyThere(input)) return true;
    return false;
  }

  /**
   * What an input with content that was read all the same is called among these; undefined where it is none of them.
   * Under another name it is a copy, which counts as it does in one run, if the file of that name is still what it was.
   */
  async nameOf(path: string, { sha256, bytes }: InputDigest): Promise<string | undefined> {
    if (bytes === 0) return undefined;
    const { index, log } = this.#run;
    for (const input of index.holding(sha256)) {
      const { path: name = "", counts } = log.inputs[input] ?? {};
      if ((await this.#called(path)).includes(input)) return name;
      // Many a log of a quiet day holds the same nothing.
      const isEmpty = Object.values(counts ?? {}).every((count) => count === 0);
      if (!isEmpty && !(await this.#isSurelyThere(input))) return name;
    }
    return undefined;
  }

  /** Where it cannot be told, an input is rather read, and said to count twice, than left out. */
  async #isSurelyThere(input: number): Promise<boolean> {
    const { path } = this.#run.log.inputs[input] ?? {};
    const digest = this.#run.digests[input];
    return path !== undefined && digest !== undefined && isSameFile(path, digest).catch(() => false);
  }

  async #called(path: string): Promise<readonly number[]> {
    return this.count === 0 ? [] : this.#run.index.of(await fileIdentity(path));
  }
}
