import type { MplpEventRule } from "../define.js";

/** Says which events hold whole events of their own, of which nobody has checked any. */
export const eventInsideEvent: MplpEventRule = {
  evidence: "event",
  id: "event-inside-event",
  clauses: ["PS-4.1-1"],
  scopes: ["event"],
  title: "Events inside of events are named",
  why: "Schemas look at the outer event only: what is inside must not look as if it had passed.",
  fix: "Write each event as a record of its own; refer to other events by their event_id.",
  applies: () => false,
  check: ({ subject }, emit) => {
    if (subject.kind !== "event" || subject.holdsEvent !== true) return;
    emit({
      message: "the event holds another event that was not judged",
      hint: "write each event as a record of its own, and refer to other events by their event_id",
      pointer: "",
      level: "NOTE",
    });
  },
};
