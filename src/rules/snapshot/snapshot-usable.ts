import { instantOf } from "../../spec/instant.js";
import type { MplpEventRule } from "../define.js";
import { observeGraph } from "./graph-observation.js";

/** Says which snapshots cannot be compared with the log, and why. */
export const snapshotUsable: MplpEventRule = {
  evidence: "event",
  id: "snapshot-usable",
  clauses: ["RG-7.1-2"],
  scopes: ["snapshot"],
  title: "Snapshots can be compared with the log",
  why: "A snapshot that was passed over must not look as if it had agreed.",
  fix: "Give a snapshot its graph_id, captured_at (RFC 3339), and node_count and edge_count or nodes and edges.",
  applies: () => false,
  check: (examined, emit) => {
    if (observeGraph(examined) !== undefined) return;
    const isTimed = instantOf(examined.event.captured_at) !== undefined;
    const reason = isTimed
      ? "it has neither whole numbers as node_count and edge_count nor nodes and edges"
      : "captured_at is not an RFC 3339 date-time";
    emit({
      message: `the snapshot cannot be compared with the log: ${reason}`,
      pointer: isTimed ? "" : "/captured_at",
      level: "NOTE",
    });
  },
};
