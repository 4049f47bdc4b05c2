import { isJsonObject } from "../../model/subject.js";
import type { MplpEventRule } from "../shared/define.js";

/** Names the external_integration events that were not checked, because their payload has none of the four kinds. */
export const integrationKindKnown: MplpEventRule = {
  evidence: "event",
  id: "integration-kind-known",
  clauses: ["IS-4.3-1"],
  scopes: ["event"],
  title: "Payloads of other kinds are listed",
  why: "Only tool, file, git and CI events have schemas; a payload of another kind is legal, but nobody checked it.",
  fix: "Do nothing if the payload is meant to be of another kind; else give it the fields that its schema requires.",
  applies: () => false,
  check: ({ event, subject, integration }, emit) => {
    if (event.event_family !== "external_integration" || integration !== undefined) return;
    if (!isJsonObject(event.payload)) return;
    const holdsEvent = subject.kind === "event" && subject.holdsEvent === true;
    emit({ ...(holdsEvent ? HELD_EVENT : OTHER_KIND), pointer: "/payload", level: "NOTE" });
  },
};

const OTHER_KIND = {
  message: "the payload is of none of the four integration kinds and was not checked against a schema",
};

const HELD_EVENT = {
  message: "the payload is of none of the four integration kinds and holds an event that was not judged",
  hint: "put an integration event directly into payload, and write any other event as a record of its own",
};
