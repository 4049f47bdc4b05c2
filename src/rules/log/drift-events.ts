import { logRule } from "../shared/define.js";
import { toldBy } from "../shared/log/told-events.js";

/**
 * RG-7.2-1: events that tell of drift show that it is looked for. Snapshots that were handed over show that they can be
 * taken, not that the runtime compares them.
 */
export const driftEvents = logRule({
  ...toldBy("drift"),
  id: "drift-events",
  clauses: ["RG-7.2-1"],
  title: "Drift is reported",
  why: "If a runtime does not report a drift that it has found, nobody knows of the drift before it does damage.",
  fix: "Emit an event of type drift_detected when a comparison of snapshots finds a difference.",
});
