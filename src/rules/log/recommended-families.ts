import { logRule } from "../shared/define.js";
import { familiesEmitted } from "../shared/log/families-emitted.js";

/** PS-4.2-4: a runtime emits the recommended families too. */
export const recommendedFamilies = logRule({
  ...familiesEmitted(["runtime_execution", "import_process", "intent"], "PS-4.2-4"),
  id: "recommended-families",
  title: "The recommended families are emitted",
  why: "An audit of a runtime begins with what was asked for, what was imported and what was run.",
  fix: "Emit intent, import_process and runtime_execution events, or check the log that holds them too.",
});
