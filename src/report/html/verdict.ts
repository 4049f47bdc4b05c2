import { CLAUSE_STATUSES, type ClauseStatus } from "../../model/clause.js";
import { counted } from "../../model/counted.js";
import type { Report } from "../../model/report.js";
import { verdictSentence } from "../../model/verdict-sentence.js";
import { type Tone, toneOf } from "../shared/tone.js";
import { findingsInWords, labelOf, placeText, runtimeInWords, sentence, spaced } from "../shared/wording.js";
import { icon } from "./icons.js";
import { html, type Markup, type MarkupContent } from "./markup.js";
import { VERDICTS } from "./words.js";

export const TONE_ICONS: Readonly<Record<Tone, ClauseStatus>> = {
  good: "satisfied",
  open: "inconclusive",
  bad: "violated",
};

/** For a reader in a hurry: the verdict, its evidence and its figures. */
export function verdictHeader(report: Report): Markup {
  const title = VERDICTS[report.verdict];
  const tone = toneOf(report);
  const facts: readonly (readonly [string, MarkupContent])[] = [
    ...runtimeFacts(report),
    ["Claims", report.claims.length === 0 ? "none made" : report.claims.join(", ")],
    ["Read", readInWords(report)],
    ["MUST clauses", mustClauses(report)],
    ["Findings", findingsInWords(report)],
  ];
  return html`<header class="verdict" data-tone="${tone}">
<div class="frame">
<p class="kind">mplp-check <span>conformance report, MPLP ${report.protocol.version}</span></p>
${labelMarkup(report)}<h1>${icon(TONE_ICONS[tone])}${title}</h1>
<p class="sentence">${sentence(verdictSentence(report))}</p>
${notCheckedLine(report)}<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>
</div>
</header>
`;
}

/** What the user calls the report. */
function labelMarkup(report: Report): Markup | undefined {
  const label = labelOf(report);
  return label === "" ? undefined : html`<p class="subject">${label}</p>\n`;
}

/** The runtimes, as their vendors name them. */
function runtimeFacts({ runtimes = [] }: Report): readonly (readonly [string, MarkupContent])[] {
  if (runtimes.length === 0) return [];
  const names = [...new Set(runtimes.map(runtimeInWords))];
  const named = names.map((name) => html`<div>${name}</div>`);
  const places = [...new Set(runtimes.map(placeText))];
  return [["Runtime", html`${named}<div class="source">as ${places.join(", ")} says</div>`]];
}

/** Shown with every verdict, because no verdict covers input that could not be read. */
function notCheckedLine({ errors, interrupted }: Report): Markup | undefined {
  if (errors.length === 0 && interrupted !== true) return undefined;
  const what = interrupted === true ? "The run was interrupted" : counted(errors.length, "error");
  const isUnread = interrupted === true || errors.some(({ about }) => about === undefined);
  const consequence = isUnread ? "not everything was checked" : "see below";
  return html`<p class="but"><a href="#errors">${what}: ${consequence}</a></p>\n`;
}

function readInWords({ inputs, summary }: Report): string {
  const { events, evidence } = summary;
  const read = events > 0 ? counted(events, "event") : counted(evidence, "record");
  return `${read} in ${counted(inputs.length, "input")}`;
}

function mustClauses({ summary }: Report): string {
  const counts = CLAUSE_STATUSES.map((status) => [summary.coverage.MUST[status], status] as const);
  const some = counts.filter(([count]) => count > 0);
  // Keeps a count and its noun on one line.
  return some.map(([count, status]) => `${count} ${spaced(status)}`.replaceAll(" ", "\u00a0")).join(", ");
}
