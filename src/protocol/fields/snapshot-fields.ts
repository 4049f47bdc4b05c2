import type { JsonObject } from "../../model/subject.js";

/** A record with these fields describes a change of a graph and is not a snapshot. */
const CHANGES = ["update_kind", "node_delta", "edge_delta"] as const;

/** True if the object has the fields of a snapshot of the PSG. */
export function isSnapshot({
  snapshot_id: id,
  graph_id: graph,
  captured_at: captured,
  ...rest
}: JsonObject): boolean {
  if (CHANGES.some((field) => rest[field] !== undefined)) return false;
  if (id !== undefined && graph !== undefined) return true;
  const isCounted = [rest.node_count, rest.edge_count, rest.nodes, rest.edges].some(
    (part) => part !== undefined,
  );
  return isCounted && (captured !== undefined || id !== undefined);
}
