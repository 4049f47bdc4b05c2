import { isUuid } from "../../spec/formats.js";
import { instantOf } from "../../spec/instant.js";
import type { MplpLogRule } from "../define.js";
import { deliveryDigest } from "./content-digest.js";

/** Content digest, node_delta and edge_delta of one graph_update. */
type Update = readonly [digest: number, nodes: number, edges: number];

/**
 * The running totals of every graph, in causal order: how many nodes and edges the log adds, and how many
 * there must have been before it so that none ever went below zero. Evidence for RG-7.1-4, never a finding.
 */
export const graphLedger: MplpLogRule<Update> = {
  evidence: "log",
  id: "graph-ledger",
  clauses: ["RG-7.1-4"],
  title: "The deltas of each graph add up",
  why: "Totals that no snapshot of the PSG shows are the first sign that the graph is kept elsewhere too.",
  fix: "Compare the table of graphs with what the PSG holds.",
  store: "columns",
  width: 3,
  order: "causal",
  atLeast: 1,
  observe: ({ subject, event }) => {
    if (subject.kind !== "event" || subject.family !== "graph_update") return undefined;
    const { graph_id: graph, node_delta: nodes, edge_delta: edges } = event;
    if (typeof graph !== "string" || !isDelta(nodes) || !isDelta(edges)) return undefined;
    const instant = instantOf(event.timestamp);
    return {
      key: isUuid(graph) ? graph.toLowerCase() : graph,
      value: [deliveryDigest(event), nodes, edges],
      ...(instant !== undefined && { instant }),
    };
  },
  deliveryOf: ([digest]) => digest,
  checks: () => 0,
  judge: (graph_id, observations, { listGraph }) => {
    const nodes = runningTotal(observations.map(({ value: [, delta] }) => delta));
    const edges = runningTotal(observations.map(({ value: [, , delta] }) => delta));
    listGraph({
      graph_id,
      updates: observations.length,
      nodes: nodes.total,
      edges: edges.total,
      nodesBefore: Math.abs(nodes.lowest),
      edgesBefore: Math.abs(edges.lowest),
    });
  },
};

/** Sums of as many deltas as a log can hold stay exact below this. */
const MAX_DELTA = 2 ** 31;

function isDelta(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= MAX_DELTA;
}

function runningTotal(deltas: readonly number[]): { total: number; lowest: number } {
  let total = 0;
  let lowest = 0;
  for (const delta of deltas) {
    total += delta;
    lowest = Math.min(lowest, total);
  }
  return { total, lowest };
}
