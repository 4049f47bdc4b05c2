import { logRule } from "../shared/define.js";
import { familiesEmitted } from "../shared/log/families-emitted.js";

/** PS-4.2-2: a runtime emits graph_update events. */
export const graphUpdateEmitted = logRule({
  ...familiesEmitted(["graph_update"], "PS-4.2-2"),
  id: "graph-update-emitted",
  title: "graph_update events are emitted",
  why: "The family is required: without it, the log says nothing about the runtime's state graph.",
  fix: "Emit a graph_update for every structural change of the PSG, or check the log that holds them too.",
});
