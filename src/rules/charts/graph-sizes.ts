import type { Chart } from "../../model/chart.js";
import type { Group } from "../../model/group.js";
import { finestBin, TimeBins } from "../../model/time-bins.js";
import type { GraphValue } from "../shared/snapshot/graph-observation.js";
import {
  count,
  type ValueOf as FormOf,
  list,
  object,
  optional,
  text,
  whole,
} from "../shared/source/forms.js";
import { graphs as source } from "../sources/graphs.js";
import { instant, joinFirst, position } from "./placed.js";

/** The most graphs that a picture shows (the first of the log), and the most points and snapshots of each. */
const MOST_GRAPHS = 12;
const MOST_POINTS = 128;
const MOST_SNAPSHOTS = 32;

const point = object({ bin: whole, nodes: whole, edges: whole });
const snapshot = object({ instant: optional(instant), nodes: whole, edges: whole, at: position });
const graph = object({
  id: text,
  first: position,
  exponent: whole,
  points: list(point),
  snapshots: list(snapshot),
  moreSnapshots: count,
});

export type GraphSize = FormOf<typeof graph>;
interface Size {
  nodes: number;
  edges: number;
}

/** The sizes of the first graphs of the log over time, and their snapshots. */
export const graphSizes: Chart<GraphValue, GraphSize[]> = {
  id: "graph-sizes",
  source,
  schema: list(graph).schema,
  empty: () => [],
  take: (sum, id, history, first) => {
    if (sum.length === MOST_GRAPHS) return;
    const course = courseOf(history);
    if (course.points.length > 0 || course.snapshots.length > 0) sum.push({ id, first, ...course });
  },
  join: (sum, other) => joinFirst(sum, other, MOST_GRAPHS),
};

/** The size of a graph at the end of each bin in which it changes. It never was below zero: that gives its first size. */
function courseOf(history: Group<GraphValue>): Omit<GraphSize, "id" | "first"> {
  const bins = new TimeBins<Size>(MOST_POINTS, sizeOfNone, replace);
  const snapshots: GraphSize["snapshots"][number][] = [];
  let moreSnapshots = 0;
  const [size, least] = [sizeOfNone(), sizeOfNone()];
  for (const { value, at, instant } of history) {
    const { kind, nodes, edges } = value;
    if (kind === "unusable" || kind === "uncounted") continue;
    if (kind === "snapshot") {
      if (snapshots.length === MOST_SNAPSHOTS) moreSnapshots++;
      else snapshots.push({ nodes, edges, at, ...(instant !== undefined && { instant }) });
      continue;
    }
    size.nodes += nodes;
    size.edges += edges;
    if (size.nodes < least.nodes) least.nodes = size.nodes;
    if (size.edges < least.edges) least.edges = size.edges;
    if (instant !== undefined) replace(bins.at(finestBin(instant)), size);
  }
  const points = bins
    .entries()
    .map(([bin, { nodes, edges }]) => ({ bin, nodes: nodes - least.nodes, edges: edges - least.edges }));
  return { exponent: bins.exponent, points, snapshots, moreSnapshots };
}

function sizeOfNone(): Size {
  return { nodes: 0, edges: 0 };
}

function replace(size: Size, later: Size): void {
  size.nodes = later.nodes;
  size.edges = later.edges;
}
