import type { JsonObject } from "../../model/subject.js";
import type { MplpEventRule } from "../shared/define.js";

/** PS-5.2-3: the delta that update_kind does not name does not contradict it. */
export const updateKindOtherDelta: MplpEventRule = {
  evidence: "event",
  id: "update-kind-other-delta",
  clauses: ["PS-5.2-3"],
  scopes: ["graph_update"],
  title: "The other delta does not contradict update_kind",
  why: "An edge update that also creates nodes, or a node addition that removes edges, hides a change of another kind.",
  fix: "Emit one event for each kind of change, or use update_kind bulk.",
  applies: ({ event }) => otherDelta(event) !== undefined,
  check: ({ event }, emit) => {
    const other = otherDelta(event);
    if (other === undefined) return;
    switch (event.update_kind) {
      case "edge_add":
      case "edge_update":
      case "edge_delete":
        if (other !== 0)
          emit({ message: "update_kind is about edges, but node_delta is not 0", pointer: "/node_delta" });
        return;
      case "node_add":
        if (other < 0)
          emit({ message: "update_kind is node_add, but edge_delta is negative", pointer: "/edge_delta" });
        return;
      case "node_delete":
        if (other > 0)
          emit({ message: "update_kind is node_delete, but edge_delta is positive", pointer: "/edge_delta" });
        return;
      case "bulk":
        if (other !== 0 || event.node_delta !== 0) return;
        emit({
          message: "a bulk update that adds up to no change at all",
          pointer: "/update_kind",
          level: "NOTE",
        });
    }
  },
};

/** The delta that update_kind does not name; undefined if it cannot be read. */
function otherDelta(event: JsonObject): number | undefined {
  const isAboutEdges = typeof event.update_kind === "string" && event.update_kind.startsWith("edge_");
  const delta = isAboutEdges ? event.node_delta : event.edge_delta;
  return typeof delta === "number" && Number.isInteger(delta) ? delta : undefined;
}
