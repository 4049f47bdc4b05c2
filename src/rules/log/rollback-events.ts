import { logRule } from "../shared/define.js";
import { toldBy } from "../shared/log/told-events.js";

const PLANNED = "a rollback is planned, and nothing shows that one was executed";

/** RG-7.2-2: events about an executed rollback satisfy the clause. A plan alone does not. */
export const rollbackEvents = logRule({
  ...toldBy("rollback"),
  id: "rollback-events",
  clauses: ["RG-7.2-2"],
  title: "Rollbacks are reported",
  why: "Readers of a log must know that what they have read was undone.",
  fix: "Emit rollback_planned before a rollback and rollback_executed after it.",
  judge: (told, _events, { leaveUnshown }) => {
    if (told === "rollback-planned") leaveUnshown("RG-7.2-2", PLANNED);
  },
});
