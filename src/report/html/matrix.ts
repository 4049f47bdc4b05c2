import { thousands } from "../../model/counted.js";
import type { ClauseResult, Report } from "../../model/report.js";
import { placeText } from "../shared/wording.js";
import { filters } from "./filters.js";
import { statusMark } from "./icons.js";
import { anchor, html, joinedMarkup, type Markup } from "./markup.js";
import type { HtmlSection } from "./section.js";
import { type TableOf, table } from "./table.js";
import { documentOf } from "./words.js";

/** Numbers of the findings of each clause, by its id. */
type FindingsOf = ReadonlyMap<string, readonly number[]>;

/** Every clause of the catalogue with its status. */
export function matrixSection(report: Report): HtmlSection {
  const { clauses } = report;
  return { id: "clauses", title: "Every clause", count: clauses.length, body: matrixBody(report) };
}

function* matrixBody(report: Report): Iterable<Markup> {
  const { clauses } = report;
  yield filters({
    rows: "#clauses tr[id]",
    noun: "clauses",
    choices: {
      level: clauses.map(({ level }) => level),
      status: clauses.map(({ status }) => status),
      document: clauses.map(({ source }) => documentOf(source)),
    },
  });
  yield* table(tableOf(findingsByClause(report)), clauses);
}

function findingsByClause({ findings }: Report): FindingsOf {
  const numbers = new Map<string, number[]>();
  for (const [index, { clauses }] of findings.entries()) {
    for (const id of clauses) {
      const known = numbers.get(id);
      if (known === undefined) numbers.set(id, [index + 1]);
      else known.push(index + 1);
    }
  }
  return numbers;
}

function tableOf(findings: FindingsOf): TableOf<ClauseResult> {
  return {
    name: "matrix",
    caption: "All clauses in the order of the catalogue",
    attributes: ({ id, level, status, source }) =>
      html` id="${anchor("clause", id)}" data-level="${level}" data-status="${status}" data-document="${documentOf(source)}" data-about="${source}"`,
    groupOf: ({ source }) => source,
    columns: [
      { title: "Clause", cell: ({ id }) => html`<span class="id">${id}</span>` },
      { title: "Requirement", cell: (clause) => requirement(clause, findings.get(clause.id) ?? []) },
      { title: "Level", cell: ({ level }) => level },
      { title: "Status", cell: ({ status }) => statusMark(status) },
      { title: "Checked", kind: "number", cell: ({ checked }) => figure(checked) },
      { title: "Violations", kind: "number", cell: violationsCell },
    ],
  };
}

function requirement(clause: ClauseResult, findings: readonly number[]): Markup {
  const { title, reason, limits, witness } = clause;
  const kept =
    witness === undefined ? undefined : html`<div>kept at <code>${placeText(witness)}</code></div>`;
  const notes = [reason, limits].filter((note) => note !== undefined);
  return html`${title}${notes.map((note) => html`<div class="reason">${note}</div>`)}<div class="evidence">${findingLinks(findings)}${attestationLink(clause)}${kept}</div>`;
}

const LINKS = 8;

function findingLinks(numbers: readonly number[]): Markup | undefined {
  if (numbers.length === 0) return undefined;
  const links = numbers
    .slice(0, LINKS)
    .map((number) => html`<a href="#${anchor("finding", number)}">${thousands(number)}</a>`);
  const rest = numbers.length > LINKS ? ` and ${thousands(numbers.length - LINKS)} more` : "";
  return html`<div>${numbers.length === 1 ? "finding " : "findings "}${joinedMarkup(links, ", ")}${rest}</div>`;
}

function attestationLink({ id, attestation }: ClauseResult): Markup | undefined {
  if (attestation === undefined) return undefined;
  return html`<div><a href="#${anchor("attestation", id)}">attestation</a></div>`;
}

function violationsCell({ violations, waived }: ClauseResult): Markup {
  if (waived === undefined) return figure(violations);
  return html`${figure(violations)}<div class="source">${thousands(waived)} waived</div>`;
}

function figure(count: number): Markup {
  return count === 0 ? html`<span class="none">0</span>` : html`${thousands(count)}`;
}
