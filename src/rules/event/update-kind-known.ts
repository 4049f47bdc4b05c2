import type { MplpEventRule } from "../shared/define.js";
import { familyEnum } from "../shared/event/family-fields.js";

/** PS-5.2-1: update_kind is one of the seven values. */
export const updateKindKnown: MplpEventRule = {
  ...familyEnum("graph_update", "PS-5.2-1", "update_kind"),
  id: "update-kind-known",
  title: "update_kind is one of the seven",
  why: "The kind says how to read the deltas; an unknown one says nothing.",
  fix: "Use node_add, node_update, node_delete, edge_add, edge_update, edge_delete, or bulk for several changes at once.",
};
