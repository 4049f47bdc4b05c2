import type { GraphOverTime } from "../../../model/activity.js";
import { counted, thousands } from "../../../model/counted.js";
import { secondsOf } from "../../../model/instant-text.js";
import type { Report } from "../../../model/report.js";
import { html, type Markup } from "../markup.js";
import type { TableOf } from "../table.js";
import { d3 } from "./d3.js";
import { figure, STRIP, strip } from "./figure.js";
import { logScale } from "./log-scale.js";
import { AXIS, axis, isTime, percent, type TimeScale } from "./time-scale.js";

const [LABEL, CURVE, ROW] = [16, 44, 76];

/** The sizes of graphs over time, with their snapshots. */
export function* graphSizesPicture(report: Report): Iterable<Markup> {
  const graphs = report.activity?.graphs ?? [];
  const scale = logScale(report);
  if (scale === undefined || graphs.length === 0) return;
  const height = graphs.length * ROW;
  yield* figure(
    {
      name: "graph-sizes",
      title: "Sizes of graphs over time",
      height: height + AXIS,
      caption:
        "Nodes are the thick line, edges the thin one: the least size that each graph can have after its updates. A circle is a snapshot: full where it counts the nodes, open where it counts the edges. Each graph has its own scale.",
      drawing: [axis(scale, height), ...graphs.map((graph, index) => drawn(graph, scale, index * ROW))],
    },
    TABLE,
    graphs,
  );
}

function drawn(graph: GraphOverTime, scale: TimeScale, y: number): Markup {
  const { graph_id: id, points, snapshots } = graph;
  const all = [...points, ...snapshots];
  const most = Math.max(1, ...all.flatMap(({ nodes, edges }) => [nodes, edges]));
  const height = d3().scaleLinear([0, most], [CURVE - 2, 2]);
  const [top, last] = [y + LABEL + 6, points.at(-1)];
  const size =
    last === undefined ? "no update" : `${counted(last.nodes, "node")}, ${counted(last.edges, "edge")}`;
  const seen =
    snapshots.length === 0 ? "" : `, ${counted(snapshots.length + (graph.moreSnapshots ?? 0), "snapshot")}`;
  const curves = (["edges", "nodes"] as const).map(
    (what) => html`<path class="curve ${what}" d="${curve(graph, what, scale, height)}"/>`,
  );
  const dots = snapshots.flatMap(({ time, nodes, edges }) => {
    if (!isTime(secondsOf(time))) return [];
    const x = percent(scale.at(secondsOf(time)));
    return html`<circle class="snapshot edges" cx="${x}" cy="${(top + height(edges)).toFixed(1)}" r="4"/><circle class="snapshot nodes" cx="${x}" cy="${(top + height(nodes)).toFixed(1)}" r="4"/>`;
  });
  return html`<g><text class="label" x="0" y="${y + LABEL}"><tspan class="name">${id.slice(0, 8) || "(no name)"}</tspan> ${size}${seen}</text>${strip(top, CURVE, curves)}<line class="base" x1="0" x2="100%" y1="${top + CURVE}" y2="${top + CURVE}"/>${dots}</g>`;
}

/** A line with a step at each change, up to the end of the picture. */
function curve(
  { points, binSeconds }: GraphOverTime,
  what: "nodes" | "edges",
  scale: TimeScale,
  height: (count: number) => number,
): string {
  const { line, curveStepAfter } = d3();
  const known = points.filter(({ from }) => isTime(secondsOf(from)));
  const corners = known.map((point): [number, number] => [
    scale.at(secondsOf(point.from) + binSeconds / 2) * STRIP,
    height(point[what]),
  ]);
  const last = corners.at(-1);
  return (
    line().curve(curveStepAfter).digits(1)(last === undefined ? [] : [...corners, [STRIP, last[1]]]) ?? ""
  );
}

const TABLE: TableOf<GraphOverTime> = {
  name: "graph-sizes-table",
  caption: "Graphs: the least size that each can have after its first and last changes, and its snapshots",
  columns: [
    { title: "Graph", cell: ({ graph_id: id }) => (id === "" ? "(no name)" : html`<code>${id}</code>`) },
    { title: "First", cell: ({ points }) => sizeIn(points[0]) },
    { title: "Last", cell: ({ points }) => sizeIn(points.at(-1)) },
    {
      title: "Snapshots",
      cell: ({ snapshots, moreSnapshots }) =>
        html`<ul class="kinds">${snapshots.map((each) => html`<li>${sizeIn(each)}</li>`)}${moreSnapshots === undefined ? "" : html`<li>${thousands(moreSnapshots)} more</li>`}</ul>`,
    },
  ],
};

function sizeIn(
  point:
    | { readonly from?: string; readonly time?: string; readonly nodes: number; readonly edges: number }
    | undefined,
): string {
  if (point === undefined) return "";
  const { from, time = from, nodes, edges } = point;
  return `${counted(nodes, "node")}, ${counted(edges, "edge")}${time === undefined ? "" : `, ${time}`}`;
}
