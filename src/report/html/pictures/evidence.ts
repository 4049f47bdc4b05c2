import { CLAUSE_STATUSES, type ClauseStatus } from "../../../model/clause.js";
import { counted } from "../../../model/counted.js";
import type { ClauseResult, Report } from "../../../model/report.js";
import { spaced } from "../../shared/wording.js";
import { statusMark } from "../icons.js";
import { html, type Markup } from "../markup.js";
import type { TableOf } from "../table.js";
import { figure } from "./figure.js";
import { percent } from "./time-scale.js";

/** The clauses that need one kind of evidence. */
interface Row {
  readonly name: string;
  readonly clauses: readonly ClauseResult[];
}

const NAMES: Readonly<Record<string, string>> = {
  event: "single events",
  log: "the whole log",
  mapping: "a mapping",
  "log+mapping": "log and mapping together",
  snapshots: "snapshots",
  samples: "learning samples",
  attestation: "attestations",
};

const [LABEL, BAR, ROW] = [16, 20, 48];
/** A number takes so much of the narrowest picture. */
const NUMBER = 0.045;

/** How the clauses ended, by the evidence that they need. */
export function* evidencePicture({ clauses }: Report): Iterable<Markup> {
  const rows = Object.entries(NAMES).flatMap(([kind, name]) => {
    const own = clauses.filter(({ evidenceKind }) => evidenceKind === kind);
    return own.length === 0 ? [] : [{ name, clauses: own }];
  });
  if (rows.length === 0) return;
  const present = CLAUSE_STATUSES.filter((status) => clauses.some((clause) => clause.status === status));
  yield* figure(
    {
      name: "evidence",
      title: "Clauses by evidence",
      height: rows.length * ROW,
      caption: html`<ul class="kinds">${present.map((status) => html`<li>${statusMark(status)}</li>`)}</ul>How the clauses ended that need each kind of evidence.`,
      drawing: rows.map((row, index) => drawn(row, index * ROW)),
    },
    tableOf(present),
    rows,
  );
}

function countOf({ clauses }: Row, status: ClauseStatus): number {
  return clauses.filter((clause) => clause.status === status).length;
}

function drawn(row: Row, y: number): Markup {
  const total = row.clauses.length;
  let before = 0;
  const parts = CLAUSE_STATUSES.flatMap((status) => {
    const count = countOf(row, status);
    if (count === 0) return [];
    const [x, width] = [before / total, count / total];
    before += count;
    const middle = percent(x + width / 2);
    const number =
      width < NUMBER
        ? undefined
        : html`<text x="${middle}" y="${y + LABEL + 20}" text-anchor="middle">${count}</text>`;
    const sign =
      width < 3 * NUMBER
        ? undefined
        : html`<g transform="translate(-24 0)"><svg class="icon" x="${middle}" y="${y + LABEL + 9}" width="14" height="14"><use href="#icon-${status}"/></svg></g>`;
    return html`<g class="share" data-status="${status}"><title>${counted(count, "clause")} ${spaced(status)}</title><rect x="${percent(x)}" y="${y + LABEL + 6}" width="${percent(width)}" height="${BAR}"/>${sign}${number}</g>`;
  });
  return html`<g><text class="label" x="0" y="${y + LABEL}"><tspan class="name">${row.name}</tspan> ${counted(total, "clause")}</text>${parts}</g>`;
}

function tableOf(statuses: readonly ClauseStatus[]): TableOf<Row> {
  return {
    name: "evidence-table",
    caption: "Clauses by the evidence that they need and how they ended",
    columns: [
      { title: "Evidence", cell: ({ name }) => name },
      ...statuses.map((status) => ({
        title: spaced(status),
        kind: "number" as const,
        cell: (row: Row) => countOf(row, status),
      })),
    ],
  };
}
