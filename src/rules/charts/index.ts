import type { Chart } from "../../model/chart.js";
import { eventTimes } from "./event-times.js";
import { executions } from "./executions.js";
import { graphSizes } from "./graph-sizes.js";
import { pipelines } from "./pipelines.js";
import { stages } from "./stages.js";

/** All charts, in the order in which a report shows them. */
export const CHARTS: readonly Chart[] = [eventTimes, stages, pipelines, executions, graphSizes];
