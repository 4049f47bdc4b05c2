import { foldedId } from "../../spec/formats.js";
import type { MplpLogRule } from "../define.js";

/** RG-7.1-4, as far as a log weakens it: several graphs of one project are not one source of truth. */
export const singleGraphPerProject: MplpLogRule<string> = {
  evidence: "log",
  id: "single-graph-per-project",
  clauses: ["RG-7.1-4"],
  title: "A project has one graph",
  why: "Where one project's state is spread over several graphs, none of them is the single source of truth.",
  fix: "Keep one PSG a project, or give each graph's project an id of its own.",
  scopes: ["graph_update"],
  store: "map",
  order: "log",
  atLeast: 2,
  keeps: "first-of-each-value",
  observe: ({ subject, event }) => {
    if (subject.kind !== "event" || subject.family !== "graph_update") return undefined;
    const { project_id: project, graph_id: graph } = event;
    if (typeof project !== "string" || typeof graph !== "string") return undefined;
    return { key: foldedId(project), value: foldedId(graph) };
  },
  // What a log does not weaken it does not show either: that takes an attestation.
  checks: () => 0,
  judge: (_project, [first, second], { emit, leaveOpen }) => {
    if (first === undefined || second === undefined) return;
    const message = "one project_id has several graph_ids";
    leaveOpen("RG-7.1-4", message);
    emit({ at: second.at, related: [first.at], message, pointer: "/graph_id", level: "NOTE" });
  },
};
