import { logRule } from "../shared/define.js";
import { samples } from "../sources/events.js";

/** RG-7.2-4: a runtime collects learning samples. Their absence leaves the clause open. */
export const samplesCollected = logRule({
  id: "samples-collected",
  clauses: ["RG-7.2-4"],
  claim: "runtime",
  title: "Learning samples are collected",
  why: "Without samples, nobody can examine what a runtime has learned from.",
  fix: "Name the files with learning samples beside the log.",
  source: samples,
  checks: (_key, [samples]) => samples?.count ?? 0,
});
