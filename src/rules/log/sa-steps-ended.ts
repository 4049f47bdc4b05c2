import { logRule } from "../shared/define.js";
import { begunAndEnded } from "../shared/log/begun-and-ended.js";
import { saSteps } from "../sources/profiles.js";

/** SA-1, below its level: in a complete log a step that an agent has started is completed or has failed. */
export const saStepsEnded = logRule({
  source: saSteps,
  judgesOrder: true,
  ...begunAndEnded({
    clause: "SA-1",
    finding: { message: "a step that has started never ends", level: "SHOULD" },
  }),
  id: "sa-steps-ended",
  clauses: ["SA-1"],
  title: "A step of an agent ends",
  why: "Nobody can tell a step that still runs from one that was lost.",
  fix: "Emit SAStepCompleted or SAStepFailed, with the step_id, for every SAStepStarted.",
});
