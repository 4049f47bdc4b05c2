import type { Draft } from "../../model/rule.js";
import type { Subject } from "../../model/subject.js";
import type { ClauseId } from "../../protocol/clauses/clauses.js";
import { wayToWrappedEvents } from "../../protocol/near-misses/wrapped-events.js";
import type { MplpEventRule } from "../shared/define.js";
import type { Wording } from "../shared/wording.js";

/** Names the records that were not checked, because their fields are those of no MPLP event. */
export const unrecognisedRecord: MplpEventRule = {
  evidence: "event",
  id: "unrecognised-record",
  clauses: ["PS-4.1-1"],
  scopes: ["unrecognised"],
  title: "Records that are not events are listed",
  why: "A record that nobody checked must not look as if it had passed.",
  fix: "Keep other records out of the event log, or give them the fields of an event.",
  applies: () => false,
  check: ({ subject, record }, emit) => {
    if (subject.kind === "unrecognised") emit(draftFor(subject, record.document !== undefined));
  },
};

type Unrecognised = Extract<Subject, { kind: "unrecognised" }>;

function draftFor({ value, holdsEvent, shape }: Unrecognised, isDocument: boolean): Draft<ClauseId> {
  if (shape !== undefined) return noted({ message: shape.message, hint: shape.hint });
  if (!holdsEvent) return isDocument ? UNKNOWN_DOCUMENT : UNKNOWN;
  const hint = wayToWrappedEvents(value);
  return hint === undefined ? HELD_EVENT : { ...HELD_EVENT, hint };
}

function noted(wording: Wording): Draft<ClauseId> {
  return { ...wording, pointer: "", level: "NOTE" };
}

const UNKNOWN = noted({
  message: "the record is neither an event nor other evidence of MPLP, and was not checked",
  hint: "give an event its event_id, event_type, event_family and timestamp; keep other records out of the log",
});

const UNKNOWN_DOCUMENT = noted({
  message: "the document is neither a mapping nor other evidence of MPLP, and was not checked",
  hint: "give a mapping to --mapping; its table has the columns Module, Areas and Access, and mplp-check init mapping writes one to fill in",
});

const HELD_EVENT = noted({
  message: "the record holds an event that was not judged",
  hint: "write each event as a record of its own; if the event stands at one place of each record, name that place, as in --unwrap /detail/event",
});
