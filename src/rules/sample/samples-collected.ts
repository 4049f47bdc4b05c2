import type { MplpLogRule } from "../shared/define.js";

/** RG-7.2-4: a runtime collects learning samples. Their absence leaves the clause open. */
export const samplesCollected: MplpLogRule<true> = {
  evidence: "log",
  id: "samples-collected",
  clauses: ["RG-7.2-4"],
  claim: "runtime",
  title: "Learning samples are collected",
  why: "What a runtime has learned from cannot be looked at where no sample was kept.",
  fix: "Name the files with learning samples beside the log.",
  scopes: ["learning-sample"],
  store: "map",
  order: "log",
  atLeast: 1,
  observe: ({ subject, event }) =>
    subject.kind === "learning-sample" &&
    typeof event.sample_family === "string" &&
    event.sample_id !== undefined
      ? { key: "sample", value: true }
      : undefined,
  keeps: "first",
  checks: (_key, [samples]) => samples?.count ?? 0,
};
