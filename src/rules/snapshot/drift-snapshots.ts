import type { MplpLogRule } from "../define.js";
import { countSnapshotInstants, type GraphValue, graphDelivery, observeGraph } from "./graph-observation.js";

/** RG-7.2-1: two snapshots of one graph are what drift is detected with. Their absence leaves the clause open. */
export const driftSnapshots: MplpLogRule<GraphValue> = {
  evidence: "log",
  id: "drift-snapshots",
  clauses: ["RG-7.2-1"],
  claim: "runtime",
  title: "Snapshots of the PSG are taken",
  why: "Without snapshots nobody notices that the graph and the project have drifted apart.",
  fix: "Take a snapshot of the PSG now and then, and name the files beside the log.",
  scopes: ["graph_update", "snapshot"],
  store: "columns",
  width: 4,
  order: "causal",
  atLeast: 2,
  observe: observeGraph,
  deliveryOf: graphDelivery,
  checks: (_graph, observations) => Math.max(0, countSnapshotInstants(observations) - 1),
};
