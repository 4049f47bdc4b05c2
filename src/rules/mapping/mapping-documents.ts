import type { Judging, Observation } from "../../model/rule.js";
import type { ClauseId } from "../../protocol/clauses/clauses.js";
import { logRule } from "../shared/define.js";
import { type Flaw, mappingFlaws } from "../sources/mapping-flaws.js";

/** How a flaw is reported. */
interface FlawWords {
  readonly pointer: string;
  /** True if it leaves the clause open only where the runtime is claimed. */
  readonly isOpenUnderClaim: boolean;
  readonly reason: string;
}

const FLAWS: Readonly<Record<Flaw, FlawWords>> = {
  "other-version": {
    pointer: "/mplp",
    isOpenUnderClaim: true,
    reason: "the mapping says that it is for another version of MPLP",
  },
  template: {
    pointer: "/runtime/name",
    isOpenUnderClaim: true,
    reason: "the mapping is a template that nobody has filled in: it names no runtime",
  },
  "all-none": {
    pointer: "/modules",
    isOpenUnderClaim: false,
    reason: "the mapping gives all ten modules NONE or not implemented, and so documents no area",
  },
  "no-names": {
    pointer: "/modules",
    isOpenUnderClaim: false,
    reason: "the mapping lists placeholders in place of areas",
  },
  "one-word": {
    pointer: "/modules",
    isOpenUnderClaim: false,
    reason: "the mapping lists the same area for every module, and so distinguishes none of them",
  },
  "left-out": {
    pointer: "",
    isOpenUnderClaim: true,
    reason: "part of the mapping's text does not count: a member is there twice, or text was not read",
  },
};

/** RG-7.1-1: the mapping says which areas each module of this runtime touches, for this version of MPLP. */
export const mappingDocuments = logRule({
  id: "mapping-documents",
  clauses: ["RG-7.1-1"],
  title: "The mapping documents the runtime",
  why: "A mapping of another version, or one that says the same of every module, does not show who may change what.",
  fix: "Name the runtime, the version 1.0.0 of MPLP, and the areas that each of its modules touches.",
  source: mappingFlaws,
  checks: () => 0,
  judge: (_key, observations, judging) => {
    for (const observation of observations) say(observation, judging);
  },
  conclude: (kept, { listRuntime }) => {
    for (const [, observations] of kept.groups())
      for (const { at, value } of observations)
        if (value.runtime !== undefined) listRuntime(value.runtime, at);
  },
});

function say(
  { at, value }: Observation<{ readonly flaws: readonly Flaw[] }>,
  { claims, emit, leaveOpen }: Judging<ClauseId>,
): void {
  for (const flaw of value.flaws) {
    const { pointer, reason, isOpenUnderClaim } = FLAWS[flaw];
    emit({ at, pointer, message: reason, shape: flaw, level: "NOTE" });
    if (!isOpenUnderClaim || claims.includes("runtime")) leaveOpen("RG-7.1-1", reason);
  }
}
