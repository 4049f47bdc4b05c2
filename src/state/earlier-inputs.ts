import type { InputDigest } from "../input/open/open.js";
import { beginsAs, fileIdentity, isSameFile } from "../input/open/same-file.js";
import type { RunState } from "./run-state.js";

/** The inputs that came from states. It detects an input that comes again. */
export class EarlierInputs {
  readonly #run: RunState;
  readonly count: number;

  /** @param run after the states were added and before any input is read */
  constructor(run: RunState) {
    this.#run = run;
    this.count = run.log.inputs.length;
  }

  /** True if a file is one of these inputs and has the same bytes. Such a file counts once. */
  async hasFile(path: string): Promise<boolean> {
    for (const input of await this.#called(path)) if (await this.#isSurelyThere(input)) return true;
    return false;
  }

  /**
   * The earlier name of an input whose content a state holds already; undefined if no state holds it. A file with the
   * same content and another name is a copy if the file of the earlier name is unchanged: then both count, as in one
   * run.
   */
  async nameOf(path: string, { sha256, bytes }: InputDigest): Promise<string | undefined> {
    if (bytes === 0) return undefined;
    const { index, log } = this.#run;
    for (const input of index.holding(sha256)) {
      const { path: name = "", counts } = log.inputs[input] ?? {};
      if ((await this.#called(path)).includes(input)) return name;
      // Many logs of a quiet day have the same empty content.
      if (!isEmpty(counts) && !(await this.#isSurelyThere(input))) return name;
    }
    return undefined;
  }

  /** True if a file has grown since it was read into a state: what it held then is read again. */
  async hasGrown(path: string, { bytes }: InputDigest): Promise<boolean> {
    const { digests, log } = this.#run;
    for (const input of await this.#called(path)) {
      const digest = digests[input];
      if (digest === undefined || digest.bytes >= bytes || isEmpty(log.inputs[input]?.counts)) continue;
      if (await beginsAs(path, digest)) return true;
    }
    return false;
  }

  /** True only if the file is certainly unchanged. When unsure, read the input and warn that it may count twice. */
  async #isSurelyThere(input: number): Promise<boolean> {
    const { path } = this.#run.log.inputs[input] ?? {};
    const digest = this.#run.digests[input];
    return path !== undefined && digest !== undefined && isSameFile(path, digest).catch(() => false);
  }

  async #called(path: string): Promise<readonly number[]> {
    return this.count === 0 ? [] : this.#run.index.of(await fileIdentity(path));
  }
}

/** True if a log held no record. */
function isEmpty(counts: Readonly<Record<string, number>> = {}): boolean {
  return Object.values(counts).every((count) => count === 0);
}
