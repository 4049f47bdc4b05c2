import type { Chart } from "../../model/chart.js";
import type { Group } from "../../model/group.js";
import type { ValueOf } from "../../model/source.js";
import { count, list, object } from "../shared/source/forms.js";
import { EXECUTION_STATUSES, EXECUTOR_KINDS, executions as source } from "../sources/executions.js";
import { courseOf } from "./course.js";
import { addAll, addDuration, type Durations, durationsForm, noDurations, placeAmong } from "./durations.js";

/** The executions of one kind. */
export interface KindOfExecution {
  /** How many have each status, and after the known ones those that have none. */
  readonly statuses: number[];
  readonly durations: Durations;
}

const ENDING: ReadonlySet<string> = new Set(["completed", "failed", "cancelled"]);

/** Executions by kind, status and duration; after the known kinds those of none. */
export const executions: Chart<ValueOf<typeof source>, KindOfExecution[]> = {
  id: "executions",
  source,
  schema: list(object({ statuses: list(count), durations: durationsForm })).schema,
  empty: () =>
    [...EXECUTOR_KINDS, undefined].map(() => ({
      statuses: [...EXECUTION_STATUSES, undefined].map(() => 0),
      durations: noDurations(),
    })),
  take: (sum, _id, history) => {
    const own = sum[placeAmong(EXECUTOR_KINDS, kindOf(history))];
    if (own === undefined) return;
    const { status, span } = courseOf(history, ENDING);
    const place = placeAmong(EXECUTION_STATUSES, status);
    own.statuses[place] = (own.statuses[place] ?? 0) + 1;
    if (span !== undefined) addDuration(own.durations, span.from, span.to);
  },
  join: (sum, other) => {
    for (const [index, { statuses, durations }] of other.entries()) {
      const own = sum[index];
      if (own === undefined) continue;
      addAll(own.statuses, statuses);
      addAll(own.durations, durations);
    }
  },
};

/** The first kind that is known. */
function kindOf(history: Group<ValueOf<typeof source>>): string | undefined {
  for (const { value } of history) if (value.kind !== undefined) return value.kind;
  return undefined;
}
