import type { MplpLogRule } from "../define.js";
import { toldBy } from "./told-events.js";

/** RG-7.2-2: events that tell of a rollback show that there is one. */
export const rollbackEvents: MplpLogRule<true> = {
  ...toldBy("rollback"),
  id: "rollback-events",
  clauses: ["RG-7.2-2"],
  title: "Rollbacks are reported",
  why: "Readers of a log must know that what they have read was undone.",
  fix: "Emit rollback_planned and rollback_executed events around a rollback.",
};
