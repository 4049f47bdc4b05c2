import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Parts } from "../model/part.js";
import { readStates } from "./read-state.js";
import type { Partition, RunState } from "./run-state.js";
import { StateError } from "./state-error.js";
import type { StateReading } from "./take-entries.js";

/** A file of a dealt state, in its folder: 0 is the base, the others are the partitions. */
export function dealtFile(folder: string, file: number): string {
  return join(folder, file === 0 ? "base.state.gz" : `${file}.state.gz`);
}

/** One partition of a dealt state that was added to a run. */
export interface AddedPartition {
  /** The parts of the log that the state covers. */
  readonly parts: Parts;
  readonly partition: Partition;
  /** Digest of the base. */
  readonly base: string;
}

/**
 * Adds one partition of a dealt state to a run. The first partition also gets everything that has no key.
 *
 * @param number of the partition, from 1
 * @throws StateError if a file cannot be read, does not fit the run, or is not of this state
 */
export async function addPartition(
  folder: string,
  number: number,
  run: RunState,
  reading: StateReading,
): Promise<AddedPartition> {
  const firstInput = run.log.inputs.length;
  const name = dealtFile(folder, 0);
  const [base] = await readStates(name, run, reading, { kind: "base", partition: number });
  const { of, files } = base?.dealt ?? { of: 0, files: [] };
  if (base === undefined || number > of)
    throw new StateError(`${name}: the state has ${of} partitions, and ${number} is wanted`);
  const partition = { number, of };
  const file = dealtFile(folder, number);
  const [rows] = await readStates(file, run, reading, { kind: "rows", partition, firstInput });
  if (rows?.digest !== files[number - 1])
    throw new StateError(`${file} and ${name} were not written by the same run`);
  return { parts: base.parts, partition, base: base.digest };
}

/** One digest for states in their order. */
export function basesDigest(bases: readonly string[]): string {
  return createHash("sha256").update(bases.join("\n")).digest("hex");
}
