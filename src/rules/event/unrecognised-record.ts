import type { MplpEventRule } from "../define.js";

/** Says which records were not checked because their shape is that of no MPLP event. */
export const unrecognisedRecord: MplpEventRule = {
  evidence: "event",
  id: "unrecognised-record",
  clauses: ["PS-4.1-1"],
  scopes: ["unrecognised"],
  title: "Records that are no events are named",
  why: "A record that nobody checked must not look as if it had passed.",
  fix: "Keep other records out of the event log, or give them the fields of an event.",
  applies: () => false,
  check: ({ subject }, emit) => {
    const isDisguise = subject.kind === "unrecognised" && subject.holdsEvent;
    emit({ ...(isDisguise ? HELD_EVENT : UNKNOWN), pointer: "", level: "NOTE" });
  },
};

const UNKNOWN = { message: "the record has the shape of nothing that MPLP speaks of and was not checked" };

const HELD_EVENT = {
  message: "the record holds an event that was not judged",
  hint: "write each event as a record of its own: take it out of its carrier, list or string before you check the log",
};
