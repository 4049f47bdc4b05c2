import { resolve } from "node:path";
import { type VerifiedPack, verifyPack } from "../input/find/evidence-pack.js";
import { isProtocolVersion } from "../protocol/clauses/documents.js";
import type { RunState } from "../state/run-state.js";
import type { FoundInputs } from "./inputs.js";

/** Verifies evidence packs and records the files that could not be read, or were not read. */
export async function takeUnread(
  state: RunState,
  found: FoundInputs,
  signal: AbortSignal | undefined,
): Promise<void> {
  const read = new Set(found.files.map((path) => resolve(path)));
  const packs: VerifiedPack[] = [];
  const isInterrupted = signal?.aborted === true;
  // One after another: a folder may hold more packs than a process may open files.
  for (const folder of isInterrupted ? [] : found.packs)
    packs.push(await verifyPack(folder, read, isProtocolVersion));
  state.problems.push(...found.problems);
  state.packs.push(...packs);
  state.notRead.push(...found.notRead);
  const last = state.log.inputs.at(-1)?.path ?? "";
  if (signal?.aborted === true)
    state.errors.push({ path: last, message: "interrupted: what follows was not checked" });
}
