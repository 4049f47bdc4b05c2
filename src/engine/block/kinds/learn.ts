import type { Step } from "../../../model/kinds.js";
import type { Observed, Source } from "../../../model/source.js";
import type { ParsedRecord } from "../../../model/subject.js";
import type { Patterns } from "../../keep/patterns.js";
import type { Kind, Learned, Shared } from "./kind.js";
import { probeOf } from "./probe.js";
import { StepFinder } from "./step-finder.js";

/** Number of probes. What a source keeps of them must follow one pattern. */
const ROUNDS = 3;

/** The sources of a run by their numbers. */
export type NumberedSources = ReadonlyMap<Source, number>;

/**
 * Finds out what log rules keep of the events of a kind, by asking their sources about some events: a source may put own
 * values and digests into what it keeps, and must not decide by them.
 *
 * @param record an event of the kind
 * @returns null if a source keeps something that no program can write
 */
export function learned(
  kind: Kind,
  record: ParsedRecord,
  sources: NumberedSources,
  patterns: Patterns,
): Learned | null {
  const probes = Array.from({ length: ROUNDS }, (_, round) => probeOf(kind, record, round));
  const program: Step[] = [];
  const shared: Shared[] = [];
  for (const { source } of kind.track.observing) {
    const observed = probes.map(({ examined }) => source.observe(examined));
    if (observed.every((one) => one === undefined)) continue;
    const number = sources.get(source);
    if (number === undefined || !areAll(observed)) return null;
    const found = new StepFinder(probes, observed, source, number).step(patterns);
    if (found === undefined) return null;
    if ("observed" in found) shared.push(found);
    else program.push(found);
  }
  return { program, shared };
}

function areAll(observed: readonly (Observed | undefined)[]): observed is readonly Observed[] {
  return observed.every((one) => one !== undefined);
}
