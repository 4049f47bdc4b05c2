import type { MplpEventRule } from "../shared/define.js";
import { contentsOf } from "../shared/snapshot/snapshot-contents.js";

/** Says which snapshots cannot be compared with the log, and why. */
export const snapshotUsable: MplpEventRule = {
  evidence: "event",
  id: "snapshot-usable",
  clauses: ["RG-7.1-2"],
  scopes: ["snapshot"],
  title: "Snapshots can be compared with the log",
  why: "A snapshot that was not compared must not look as if it agreed with the log.",
  fix: "Give a snapshot its graph_id, captured_at (RFC 3339), and node_count and edge_count or nodes and edges that agree.",
  applies: () => false,
  check: ({ record }, emit) => {
    const contents = contentsOf(record);
    if (!("message" in contents)) return;
    const { message, pointer } = contents;
    emit({
      message: `the snapshot cannot be compared with the log: ${message}`,
      pointer,
      // Names of members are the sender's.
      shape: pointer.split("/", 2).join("/"),
      level: "NOTE",
    });
  },
};
