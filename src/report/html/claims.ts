import type { ClaimName } from "../../model/claim.js";
import type { Level } from "../../model/clause.js";
import { counted } from "../../model/counted.js";
import type { ClauseResult, Report } from "../../model/report.js";
import { CLAIM_CLAUSES, openClauses, openRecommendations } from "../../model/verdict.js";
import { spaced } from "../shared/wording.js";
import { clauseLink } from "./clause-link.js";
import { statusMark } from "./icons.js";
import { html, type Markup } from "./markup.js";
import { foldedList, type HtmlSection } from "./section.js";

/** The claims of the runtime, and the MUST clauses that are still open. */
export function claimsSection(report: Report): HtmlSection {
  return { id: "claims", title: "Claims", body: claimsBody(report) };
}

function* claimsBody(report: Report): Iterable<Markup> {
  const { claims } = report;
  if (claims.length === 0) {
    yield html`<p>No claim was made. The verdict says what this evidence puts to the test, not that the runtime conforms.</p>\n`;
  }
  for (const claim of claims) yield* claimMarkup(claim, report);
  yield* reservationList(report);
  yield* openList(report);
}

function* reservationList({ reservations }: Report): Iterable<Markup> {
  if (reservations.length === 0) return;
  yield html`<h3>The claim stays open</h3>\n`;
  yield foldedList(reservations, RESERVATIONS, "reasons");
}

const RESERVATIONS = 10;

function* claimMarkup(claim: ClaimName, { clauses }: Report): Iterable<Markup> {
  const added = clauses.filter(({ id }) => CLAIM_CLAUSES[claim].includes(id));
  yield html`<p><strong>${claim}</strong> needs every MUST clause that applies, and these ${added.length} besides:</p>\n`;
  yield html`<ul class="plain">${added.map(
    (clause) =>
      html`<li class="row">${clauseLink(clause)} <span>${clause.title}</span> ${statusMark(clause.status)}</li>\n`,
  )}</ul>\n`;
}

function* openList(report: Report): Iterable<Markup> {
  yield* clauseList("MUST", openClauses(report));
  yield* clauseList("SHOULD", openRecommendations(report));
}

function* clauseList(level: Level, open: readonly ClauseResult[]): Iterable<Markup> {
  if (open.length === 0) return;
  const verb = open.length === 1 ? "stands" : "stand";
  yield html`<h3>${counted(open.length, `${level} clause`)} ${verb} open</h3>\n`;
  yield html`<ul class="plain">${open.map(
    (clause) =>
      html`<li>${clauseLink(clause)} ${clause.title}<div class="reason">${clause.reason ?? spaced(clause.status)}</div></li>\n`,
  )}</ul>\n`;
}
