import type { MplpLogRule } from "../define.js";

/** RG-7.2-4: a runtime collects learning samples. Their absence leaves the clause open. */
export const samplesCollected: MplpLogRule<number> = {
  evidence: "log",
  id: "samples-collected",
  clauses: ["RG-7.2-4"],
  claim: "runtime",
  title: "Learning samples are collected",
  why: "What a runtime has learned from cannot be looked at where no sample was kept.",
  fix: "Name the files with learning samples beside the log.",
  store: "map",
  order: "log",
  atLeast: 1,
  observe: ({ subject, event }) =>
    subject.kind === "learning-sample" &&
    typeof event.sample_family === "string" &&
    event.sample_id !== undefined
      ? { key: "sample", value: 1 }
      : undefined,
  combine: (earlier, later) => ({ ...earlier, value: earlier.value + later.value }),
  checks: (_key, [samples]) => samples?.value ?? 0,
};
