import type { Chart } from "../../model/chart.js";
import { count, object } from "../shared/source/forms.js";
import type { StageFacts } from "../sources/stages.js";
import { stageFacts as source } from "../sources/stages.js";

/** How many pipelines there are. */
export const pipelines: Chart<StageFacts, { pipelines: number }> = {
  id: "pipelines",
  source,
  schema: object({ pipelines: count }).schema,
  empty: () => ({ pipelines: 0 }),
  take: (sum) => void sum.pipelines++,
  join: (sum, other) => {
    sum.pipelines += other.pipelines;
  },
};
