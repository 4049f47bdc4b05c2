import { logRule } from "../shared/define.js";
import { toldBy } from "../shared/log/told-events.js";

/**
 * RG-7.2-1: events about drift show that the runtime looks for it. Snapshots in the evidence show that somebody can
 * take them, not that the runtime compares them.
 */
export const driftEvents = logRule({
  ...toldBy("drift"),
  id: "drift-events",
  clauses: ["RG-7.2-1"],
  title: "Drift is reported",
  why: "If a runtime does not report a drift that it has found, nobody knows of the drift before it does damage.",
  fix: "Emit an event of type drift_detected when a comparison of snapshots finds a difference.",
});
