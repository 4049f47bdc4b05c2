import type { MplpEventRule } from "../shared/define.js";
import { familyFields } from "../shared/event/family-fields.js";

/** PS-5.1-1: a graph_update carries graph_id (UUID v4), update_kind, node_delta and edge_delta (integers). */
export const graphUpdateFields: MplpEventRule = {
  ...familyFields("graph_update", "PS-5.1-1", ["update_kind"]),
  id: "graph-update-fields",
  title: "graph_update carries its fields",
  why: "Without the graph's id and both deltas nobody can follow how the graph grew.",
  fix: "Set graph_id (a UUID v4), update_kind, and both node_delta and edge_delta as integers, 0 where nothing changed.",
};
