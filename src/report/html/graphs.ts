import { signed, thousands } from "../../model/counted.js";
import type { Report } from "../../model/report.js";
import type { CrosscutRow, GraphTotals } from "../../model/rule.js";
import { html, type MarkupContent } from "./markup.js";
import type { HtmlSection } from "./section.js";
import { foldedTable, type TableOf, table } from "./table.js";

const SHOWN = 10;

const GRAPHS: TableOf<GraphTotals> = {
  name: "graphs",
  caption: "What the graph_update events of each graph add up to",
  columns: [
    {
      title: "Graph",
      cell: ({ graph_id }) => (graph_id === "" ? "(no name)" : html`<code>${graph_id}</code>`),
    },
    { title: "Updates", kind: "number", cell: ({ updates }) => thousands(updates) },
    { title: "Nodes", kind: "number", cell: ({ nodes }) => signed(nodes) },
    { title: "Edges", kind: "number", cell: ({ edges }) => signed(edges) },
    { title: "Nodes before, at least", kind: "number", cell: ({ nodesBefore }) => thousands(nodesBefore) },
    { title: "Edges before, at least", kind: "number", cell: ({ edgesBefore }) => thousands(edgesBefore) },
  ],
};

export function graphsSection({ graphs }: Report): HtmlSection | undefined {
  if (graphs.length === 0) return undefined;
  const body = foldedTable(GRAPHS, graphs, SHOWN, "graphs");
  return { id: "graphs", title: "Graphs", count: graphs.length, body };
}

const CROSSCUTS: TableOf<CrosscutRow> = {
  name: "crosscuts",
  caption:
    "Which areas and event families of each crosscut the mapping and the log show; coverage, never a violation",
  columns: [
    { title: "Crosscut", cell: ({ crosscut }) => crosscut },
    { title: "Areas", cell: ({ areas }) => names(areas) },
    { title: "Event families", cell: ({ events }) => names(events) },
  ],
};

export function crosscutsSection({ crosscuts }: Report): HtmlSection | undefined {
  if (crosscuts.length === 0) return undefined;
  const body = table(CROSSCUTS, crosscuts);
  return { id: "crosscuts", title: "Crosscuts", count: crosscuts.length, body };
}

function names(list: readonly string[]): MarkupContent {
  if (list.length === 0) return html`<span class="none">not shown</span>`;
  return html`<ul class="kinds">${list.map((name) => html`<li>${name}</li>`)}</ul>`;
}
