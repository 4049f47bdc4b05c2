import type { InputDigest } from "../input/open.js";
import { isSameFile } from "../input/same-file.js";
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
    for (const input of this.#called(path)) if (await this.isThere(input)) return true;
    return false;
  }

  /** Whether an input of that name and with that content is one of these. */
  has(path: string, { sha256, bytes }: InputDigest): boolean {
    return bytes > 0 && this.#called(path).some((input) => this.#run.digests[input]?.sha256 === sha256);
  }

  /** Whether the file of an input still holds what it held: who wrote a state may have named any file. */
  async isThere(input: number): Promise<boolean> {
    const { path } = this.#run.log.inputs[input] ?? {};
    const digest = this.#run.digests[input];
    return path !== undefined && digest !== undefined && isSameFile(path, digest);
  }

  #called(path: string): number[] {
    const earlier = this.#run.log.inputs.slice(0, this.count);
    return earlier.flatMap((input, number) => (input.path === path ? [number] : []));
  }
}
