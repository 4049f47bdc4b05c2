import type { Observation } from "../../model/rule.js";
import { logRule } from "../shared/define.js";
import { sampleIds } from "../sources/ids.js";

/** RG-4.4-1: a sample_id comes with one content. A repeat with equal content is a redelivery, and nothing is said. */
export const sampleIdUnique = logRule({
  id: "sample-id-unique",
  clauses: ["RG-4.4-1"],
  title: "sample_id is unique",
  why: "Nobody can distinguish two samples with one id: a reader that deduplicates by id learns from one of them only.",
  fix: "Make a new id for every sample; hand a sample over again only as it was.",
  source: sampleIds,
  atLeast: 2,
  checks: () => 0,
  judge: (_id, observations, { emit }) => {
    let first: Observation<number> | undefined;
    const seen = new Set<number>();
    for (const { value, at } of observations) {
      const isNew = !seen.has(value);
      seen.add(value);
      if (first !== undefined && isNew)
        emit({
          at,
          related: [first.at],
          message: "sample_id is that of an earlier sample with other content",
          pointer: "/sample_id",
        });
      first ??= { value, at };
    }
  },
});
