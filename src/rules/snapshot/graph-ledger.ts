import { logRule } from "../shared/define.js";
import { sumsOf } from "../shared/snapshot/graph-observation.js";
import { graphs } from "../sources/graphs.js";

/**
 * The running totals of every graph, in causal order: how many nodes and edges the log adds, and how many
 * there must have been before it so that none ever went below zero. Evidence for RG-7.1-4, never a finding.
 */
export const graphLedger = logRule({
  id: "graph-ledger",
  clauses: ["RG-7.1-4"],
  title: "The deltas of each graph add up",
  why: "If no snapshot of the PSG shows these totals, the runtime may keep the graph in another place too.",
  fix: "Compare the table of graphs with what the PSG holds.",
  source: graphs,
  checks: () => 0,
  judge: (graph_id, observations, { listGraph }) => {
    const { updates, nodes, edges, fewestNodes, fewestEdges } = sumsOf(observations);
    if (updates === 0) return;
    const [nodesBefore, edgesBefore] = [Math.abs(fewestNodes), Math.abs(fewestEdges)];
    listGraph({ graph_id, updates, nodes, edges, nodesBefore, edgesBefore });
  },
});
