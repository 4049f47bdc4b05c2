import { thousands } from "../../model/counted.js";
import { html, type Markup, type MarkupContent } from "./markup.js";

interface Column<Row> {
  readonly title: string;
  /** Numbers are aligned to the right. */
  readonly kind?: "number";
  cell(row: Row): MarkupContent;
}

export interface TableOf<Row> {
  readonly caption: string;
  /** The first column names the row. */
  readonly columns: readonly Column<Row>[];
  /** Attributes of a row, each with a blank in front. */
  readonly attributes?: (row: Row) => Markup;
  /** Consecutive rows of one group are under the group's name. */
  readonly groupOf?: (row: Row) => string;
  readonly name: string;
}

/**
 * A table that becomes a list of cards on a narrow screen. Some browsers stop treating such a table as a table, so
 * its elements have explicit roles.
 */
export function* table<Row>(
  { caption, columns, attributes, groupOf, name }: TableOf<Row>,
  rows: Iterable<Row>,
): Iterable<Markup> {
  const heads = columns.map(
    ({ title, kind }) => html`<th scope="col" role="columnheader"${kindOf(kind)}>${title}</th>`,
  );
  yield html`<table role="table" class="stacks ${name}">\n<caption>${caption}</caption>\n`;
  yield html`<thead role="rowgroup"><tr role="row">${heads}</tr></thead>\n`;
  if (groupOf === undefined) yield BODY;
  let group: string | undefined;
  for (const row of rows) {
    const own = groupOf?.(row);
    if (own !== group) yield groupHead(own, columns.length, group === undefined);
    group = own;
    const cells = columns.map((column, index) => cellOf(column, row, index === 0));
    yield html`<tr role="row"${attributes?.(row)}>${cells}</tr>\n`;
  }
  yield html`</tbody>\n</table>\n`;
}

const BODY = html`<tbody role="rowgroup">\n`;

function groupHead(group: string | undefined, columns: number, isFirst: boolean): Markup {
  const head = html`<th scope="rowgroup" role="rowheader" colspan="${columns}">${group}</th>`;
  return html`${isFirst ? undefined : html`</tbody>\n`}${BODY}<tr role="row" class="group">${head}</tr>\n`;
}

/** The rows of a table; those beyond the first few are folded away. */
export function* foldedTable<Row>(
  of: TableOf<Row>,
  rows: readonly Row[],
  shown: number,
  noun: string,
): Iterable<Markup> {
  yield* table(of, rows.slice(0, shown));
  const rest = rows.slice(shown);
  if (rest.length === 0) return;
  yield html`<details class="more"><summary>${thousands(rest.length)} more ${noun}</summary>\n`;
  yield* table({ ...of, caption: `${of.caption} (continued)` }, rest);
  yield html`</details>\n`;
}

function cellOf<Row>({ title, kind, cell }: Column<Row>, row: Row, isHead: boolean): Markup {
  if (isHead) return html`<th scope="row" role="rowheader">${cell(row)}</th>`;
  return html`<td role="cell" data-label="${title}"${kindOf(kind)}>${cell(row)}</td>`;
}

function kindOf(kind: "number" | undefined): Markup {
  return kind === undefined ? html`` : html` class="number"`;
}
