import type { MplpEventRule } from "../shared/define.js";

/** IS-4.3-3: an integration event is the payload of an external_integration event. */
export const integrationWrapped: MplpEventRule = {
  evidence: "event",
  id: "integration-wrapped",
  clauses: ["IS-4.3-3"],
  scopes: ["integration"],
  title: "Integration events are wrapped",
  why: "The envelope gives the event an id, a time and a family, so that it can be ordered and correlated.",
  fix: "Emit it as payload of an event whose event_family is external_integration.",
  check: ({ integration }, emit) => {
    if (integration?.wrapping === "bare") {
      emit({ message: `${integration.kind} stands in the log without an envelope`, pointer: "" });
    } else if (integration?.wrapping === "other-family") {
      emit({
        message: `${integration.kind} is wrapped in an event of another family`,
        pointer: "/event_family",
      });
    }
  },
};
