import type { MplpRecordRule } from "../shared/define.js";

/** IN-2: no object of a record repeats a key. */
export const duplicateKey: MplpRecordRule = {
  evidence: "record",
  id: "duplicate-key",
  clauses: ["IN-2"],
  title: "No object repeats a key",
  why: "Readers disagree on which of the values counts, so two of them may see two different events.",
  fix: "Build events from a map, or reject repeated keys in the code that builds events.",
  inspect: (record, emit) => {
    if ("malformed" in record) return;
    for (const oddity of record.oddities ?? []) {
      if (oddity.kind !== "duplicate-key") continue;
      emit({
        message: "a key is repeated in its object; the last value was used",
        pointer: oddity.pointer,
        shape: "",
        offset: oddity.offset,
      });
    }
  },
};
