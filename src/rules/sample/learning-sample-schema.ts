import type { Defect } from "../../model/defect.js";
import { nearest } from "../../model/nearest.js";
import { valueAtPointer } from "../../model/pointer.js";
import type { JsonObject } from "../../model/subject.js";
import { isOfficialInvariant } from "../../protocol/invariants/invariant-conditions.js";
import { holdsSample, sampleRenamesIn } from "../../protocol/near-misses/sample-words.js";
import type { MplpEventRule } from "../shared/define.js";
import { hinted, renaming, worded } from "../shared/wording.js";

/** The sample families that the specification names (RG 4.4); the schema leaves the list open. */
const FAMILIES = [
  "intent_resolution",
  "delta_impact",
  "pipeline_outcome",
  "confirm_decision",
  "graph_evolution",
  "multi_agent_coordination",
] as const;

/** RG-4.4-1: learning samples conform to their schemas and invariants. */
export const learningSampleSchema: MplpEventRule = {
  evidence: "event",
  id: "learning-sample-schema",
  clauses: ["RG-4.4-1"],
  scopes: ["learning-sample"],
  title: "Learning samples conform to their schemas",
  why: "Nobody can learn from the samples of several runtimes together unless all have one form.",
  fix: "Give each sample its id, family, created_at, input and output, and the fields of its family.",
  explain: (defect, { event }) => {
    if (defect.target !== "learning-sample") return undefined;
    if (!defect.schema && !isOfficialInvariant(defect.invariant ?? "")) return undefined;
    const name = defect.field.replaceAll("/", ".");
    const wording = worded(defect, name, valueAtPointer(event, defect.pointer));
    return { ...wording, ...hinted(missedHint(defect, event)), pointer: defect.pointer };
  },
  check: ({ event }, emit) => {
    const { sample_family: family } = event;
    if (typeof family !== "string" || family.trim() === "" || FAMILIES.some((known) => known === family))
      return;
    const meant = nearest(family, FAMILIES);
    emit({
      message: "sample_family is none of the six families that the specification names",
      ...(meant !== undefined && { hint: `did you mean "${meant}"?` }),
      pointer: "/sample_family",
      level: "NOTE",
    });
  },
};

const HELD = "the record holds learning samples: make each of them a record of its own";

/** Where a member stands that is missing; false where nothing tells. */
function missedHint({ problem, field }: Defect, sample: JsonObject): string | false {
  if (problem !== "missing") return false;
  const renames = sampleRenamesIn(sample).filter((rename) => rename.field === field);
  if (renames.length > 0) return renaming(renames);
  return sample.sample_id === undefined && holdsSample(sample) && HELD;
}
