import type { MplpLogRule } from "../define.js";
import { type GraphValue, graphDelivery, observeGraph, updatesOf } from "./graph-observation.js";

/**
 * The running totals of every graph, in causal order: how many nodes and edges the log adds, and how many
 * there must have been before it so that none ever went below zero. Evidence for RG-7.1-4, never a finding.
 */
export const graphLedger: MplpLogRule<GraphValue> = {
  evidence: "log",
  id: "graph-ledger",
  clauses: ["RG-7.1-4"],
  title: "The deltas of each graph add up",
  why: "Totals that no snapshot of the PSG shows are the first sign that the graph is kept elsewhere too.",
  fix: "Compare the table of graphs with what the PSG holds.",
  store: "columns",
  width: 4,
  order: "causal",
  atLeast: 1,
  observe: observeGraph,
  deliveryOf: graphDelivery,
  checks: () => 0,
  judge: (graph_id, observations, { listGraph }) => {
    const updates = updatesOf(observations);
    if (updates.length === 0) return;
    const nodes = runningTotal(updates.map((update) => update.nodes));
    const edges = runningTotal(updates.map((update) => update.edges));
    listGraph({
      graph_id,
      updates: updates.length,
      nodes: nodes.total,
      edges: edges.total,
      nodesBefore: Math.abs(nodes.lowest),
      edgesBefore: Math.abs(edges.lowest),
    });
  },
};

function runningTotal(deltas: readonly number[]): { total: number; lowest: number } {
  let total = 0;
  let lowest = 0;
  for (const delta of deltas) {
    total += delta;
    lowest = Math.min(lowest, total);
  }
  return { total, lowest };
}
