import type { InputSummary } from "../../model/report.js";
import type { InputState } from "../log/input-state.js";
import { eventsIn } from "./build-report.js";

/** Number of records of all kinds in an input. */
export function recordsIn({ counts }: Pick<InputState, "counts">): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** The summary of one input in a report. */
export function summaryOf(input: InputState, digest: Digest = { sha256: "", bytes: 0 }): InputSummary {
  const { path, counts, unjudged, carriers, otherOutput, change, empty } = input;
  const records = recordsIn(input);
  const kind = KINDS.find(([, isSo]) => isSo(counts))?.[0] ?? "unrecognised";
  const recognised = withoutZeros(counts);
  return {
    path,
    kind,
    ...digest,
    records,
    recognised,
    ...(carriers.size > 0 && { carrier: Object.fromEntries(carriers) }),
    ...(otherOutput > 0 && { otherOutput }),
    ...(unjudged > 0 && { unjudged }),
    ...(change !== undefined && { change }),
    ...(empty !== undefined && { empty }),
  };
}

type Digest = Pick<InputSummary, "sha256" | "bytes">;

/** Leaves out evidence kinds other than events whose count is 0. */
function withoutZeros(counts: InputState["counts"]): InputSummary["recognised"] {
  const { "learning-sample": samples, snapshot, mapping, ...always } = counts;
  return {
    ...always,
    ...(samples > 0 && { "learning-sample": samples }),
    ...(snapshot > 0 && { snapshot }),
    ...(mapping > 0 && { mapping }),
  };
}

/** The kind of an input follows from its records; the first match wins. */
const KINDS: readonly (readonly [InputSummary["kind"], (counts: InputState["counts"]) => boolean])[] = [
  ["event-log", (counts) => eventsIn(counts) > 0],
  ["mapping", (counts) => counts.mapping > 0],
  ["snapshot", (counts) => counts.snapshot > 0],
  ["samples", (counts) => counts["learning-sample"] > 0],
];
