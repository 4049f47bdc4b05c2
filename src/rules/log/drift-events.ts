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
  why: "A drift that was found and not reported is found again by whoever suffers from it.",
  fix: "Emit an event of type drift_detected when a comparison of snapshots finds a difference.",
});
