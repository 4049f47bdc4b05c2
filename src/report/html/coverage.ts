import { CLAUSE_STATUSES, type ClauseStatus, type Level } from "../../model/clause.js";
import type { Report, Summary } from "../../model/report.js";
import { CLAUSE_LEVELS, coverageRows } from "../shared/coverage-rows.js";
import { spaced } from "../shared/wording.js";
import { statusMark } from "./icons.js";
import { html, type Markup, type MarkupContent } from "./markup.js";
import type { HtmlSection } from "./section.js";

type Coverage = Summary["coverage"];

/** The number of clauses by level and status. */
export function coverageSection(report: Report): HtmlSection {
  return { id: "coverage", title: "Clauses by level", body: coverageBody(report) };
}

function* coverageBody(report: Report): Iterable<Markup> {
  const { coverage } = report.summary;
  yield html`<table class="coverage">\n<caption>How the clauses of each level ended</caption>\n`;
  yield html`<thead><tr><th scope="col">Status</th>${CLAUSE_LEVELS.map(
    (level) => html`<th scope="col" class="number">${level}${bar(coverage[level])}</th>`,
  )}</tr></thead>\n<tbody>\n`;
  for (const { status, counts } of coverageRows(report)) {
    const cells = CLAUSE_LEVELS.map((level, index) => cell(counts[index] ?? 0, level, status));
    yield html`<tr><th scope="row">${statusMark(status)}</th>${cells}</tr>\n`;
  }
  const totals = CLAUSE_LEVELS.map((level) => html`<td class="number">${total(coverage[level])}</td>`);
  yield html`</tbody>\n<tfoot><tr><th scope="row">all</th>${totals}</tr></tfoot>\n</table>\n`;
}

/** A count, with a link to its clauses. */
function cell(count: number, level: Level, status: ClauseStatus): Markup {
  const label = `${count} ${level} ${spaced(status)}`;
  const content: MarkupContent =
    count === 0
      ? html`<span class="none">0</span>`
      : html`<a href="#clauses" data-filter="level=${level}&amp;status=${status}" aria-label="${label}">${count}</a>`;
  return html`<td class="number">${content}</td>`;
}

function total(counts: Coverage[Level]): number {
  return CLAUSE_STATUSES.reduce((sum, status) => sum + counts[status], 0);
}

/** The column as a bar: one unit of width for each clause. */
function bar(counts: Coverage[Level]): Markup {
  let x = 0;
  const parts = CLAUSE_STATUSES.filter((status) => counts[status] > 0).map((status) => {
    const part = html`<rect data-status="${status}" x="${x}" width="${counts[status]}" height="1"/>`;
    x += counts[status];
    return part;
  });
  return html`<svg class="bar" viewBox="0 0 ${Math.max(1, x)} 1" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`;
}
