import { thousands } from "../../model/counted.js";
import type { ClauseResult, Report } from "../../model/report.js";
import { placeText, spaced } from "../shared/wording.js";
import { type Named, namesOf } from "./anchors.js";
import { clauseLink } from "./clause-link.js";
import { filters } from "./filters.js";
import { statusMark } from "./icons.js";
import { anchor, html, joinedMarkup, type Markup } from "./markup.js";
import type { HtmlSection } from "./section.js";
import { type TableOf, table } from "./table.js";
import { documentOf } from "./words.js";

/** The findings of each clause, by its id. */
type FindingsOf = ReadonlyMap<string, readonly Named[]>;

/** Every clause of the catalogue with its status. */
export function matrixSection(report: Report): HtmlSection {
  const { clauses } = report;
  return { id: "clauses", title: "Every clause", count: clauses.length, body: matrixBody(report) };
}

function* matrixBody(report: Report): Iterable<Markup> {
  const { clauses } = report;
  yield filters({
    section: "clauses",
    rows: "tr[id]",
    noun: "clauses",
    choices: {
      level: { label: "Level", values: clauses.map(({ level }) => level) },
      status: { label: "Status", values: clauses.map(({ status }) => status), wording: spaced },
      document: { label: "Document", values: clauses.map(({ source }) => documentOf(source)) },
    },
  });
  yield* table(tableOf(findingsByClause(report)), clauses);
}

function findingsByClause(report: Report): FindingsOf {
  const found = new Map<string, Named[]>();
  for (const [{ clauses }, named] of namesOf(report)) {
    for (const id of clauses) {
      const known = found.get(id);
      if (known === undefined) found.set(id, [named]);
      else known.push(named);
    }
  }
  return found;
}

function tableOf(findings: FindingsOf): TableOf<ClauseResult> {
  return {
    name: "matrix",
    caption: "All clauses in the order of the catalogue",
    attributes: ({ id, level, status, source }) =>
      html` id="${anchor("clause", id)}" data-level="${level}" data-status="${status}" data-document="${documentOf(source)}" data-about="${source}"`,
    groupOf: ({ source }) => source,
    columns: [
      { title: "Clause", cell: clauseLink },
      { title: "Requirement", cell: (clause) => requirement(clause, findings.get(clause.id) ?? []) },
      { title: "Level", cell: ({ level }) => level },
      { title: "Status", cell: ({ status }) => statusMark(status) },
      { title: "Checked", kind: "number", cell: ({ checked }) => figure(checked) },
      { title: "Violations", kind: "number", cell: violationsCell },
    ],
  };
}

function requirement(clause: ClauseResult, findings: readonly Named[]): Markup {
  const { id, title, reason, limits, witness } = clause;
  const kept =
    witness === undefined ? undefined : html`<div>kept at <code>${placeText(witness)}</code></div>`;
  const notes = [reason, limits].filter((note) => note !== undefined);
  return html`${title}${notes.map((note) => html`<div class="reason">${note}</div>`)}<div class="evidence">${findingLinks(id, findings)}${attestationLink(clause)}${kept}</div>`;
}

const LINKS = 8;

function findingLinks(clause: string, findings: readonly Named[]): Markup | undefined {
  if (findings.length === 0) return undefined;
  const links = findings
    .slice(0, LINKS)
    .map(({ id, number }) => html`<a href="#${id}">${thousands(number)}</a>`);
  const others = findings.length - LINKS;
  const rest =
    others > 0
      ? html` and <a href="#findings" data-filter="${new URLSearchParams({ clause }).toString()}">${thousands(others)} more</a>`
      : undefined;
  return html`<div>${findings.length === 1 ? "finding " : "findings "}${joinedMarkup(links, ", ")}${rest}</div>`;
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
