import { kindNamed } from "../../protocol/integration.js";
import type { MplpEventRule } from "../shared/define.js";

/**
 * IS-5.1-1: if event_type names an integration kind, the payload is of that kind. Any other event_type is free. In
 * other families event_type describes the event itself: a runtime_execution may well be a tool_execution.
 */
export const integrationTypeAgrees: MplpEventRule = {
  evidence: "event",
  id: "integration-type-agrees",
  clauses: ["IS-5.1-1"],
  scopes: ["integration"],
  title: "event_type and payload are of one kind",
  why: "Readers that dispatch by event_type hand the payload to a handler that was made for another kind.",
  fix: "Name the kind of the payload in event_type, or name no kind there at all.",
  applies: ({ integration }) => integration?.fault === undefined && integration?.wrapping !== "other-family",
  check: ({ event, integration }, emit) => {
    if (integration === undefined || integration.fault !== undefined) return;
    if (integration.wrapping === "other-family") return;
    const named = kindNamed(event.event_type);
    if (named === undefined || named === integration.kind) return;
    const carrier = integration.wrapping === "bare" ? "the event" : "the payload";
    emit({
      message: `event_type says ${named}, but ${carrier} is a ${integration.kind}`,
      pointer: "/event_type",
    });
  },
};
