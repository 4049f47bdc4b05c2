import type { ValueOf } from "../../../model/source.js";
import { type ciRuns, RUN_STATUSES, type toolRuns } from "../../sources/runs.js";
import type { MplpLogRule } from "../define.js";
import { judgeRuns, type RunLifecycle } from "./run-lifecycle.js";

type Run = ValueOf<typeof ciRuns | typeof toolRuns>;

/** The judging half of the lifecycle rules of tool and CI events. */
export function integrationLifecycle(
  lifecycle: Pick<RunLifecycle<Run>, "clause" | "subject" | "ends" | "hint">,
): Required<Pick<MplpLogRule<Run>, "checks" | "judge">> {
  return judgeRuns({
    ...lifecycle,
    statuses: RUN_STATUSES,
    pointerOf: ({ value }) => `${value.base}/status`,
  });
}
