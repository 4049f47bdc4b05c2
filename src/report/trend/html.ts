import { LEVELS } from "../../model/clause.js";
import { thousands } from "../../model/counted.js";
import { VERSION } from "../../package/version.js";
import type { FindingChange } from "../diff/comparison.js";
import { changedPlace, comparisonSentence, countsInWords } from "../diff/words.js";
import { ruleLink } from "../html/finding.js";
import { headMarkup } from "../html/head.js";
import { icon, SPRITE } from "../html/icons.js";
import { html, type Markup } from "../html/markup.js";
import { contents, foldedList, type HtmlSection, sectionMarkup } from "../html/section.js";
import { STYLE } from "../html/style/index.js";
import { type TableOf, table } from "../html/table.js";
import { TONE_ICONS } from "../html/verdict.js";
import { VERDICTS } from "../html/words.js";
import { labelOf, sentence } from "../shared/wording.js";
import { trendPicture } from "./picture.js";
import type { TrendPoint } from "./point.js";
import { TREND_STYLE } from "./style.js";
import { changedIn, levelsIn, type Trend, trendSentence } from "./words.js";

const PAGE_STYLE = STYLE + TREND_STYLE;

/** Several reports as one page that loads no other file: a picture, a table, and what changed from one to the next. */
export function* renderHtmlTrend(trend: Trend): Iterable<string> {
  for (const { text } of page(trend)) yield text;
}

function* page(trend: Trend): Iterable<Markup> {
  const sections = [reportsSection(trend), changesSection(trend)];
  const tone = trend.points.at(-1)?.tone ?? "open";
  const title = [labelOf(trend), "Trend: mplp-check conformance reports"]
    .filter((part) => part !== "")
    .join(": ");
  yield html`<!DOCTYPE html>\n<html lang="en">\n`;
  yield headMarkup({ title, tone, style: PAGE_STYLE });
  yield html`<body>\n<a class="skip" href="#main">Skip to the reports</a>\n${SPRITE}`;
  yield header(trend, tone);
  yield html`<div class="frame columns">\n${contents(sections)}<main id="main">\n`;
  for (const section of sections) yield* sectionMarkup(section);
  yield html`</main>\n</div>\n<footer>\n<div class="frame">mplp-check ${VERSION}</div>\n</footer>\n</body>\n</html>\n`;
}

function header(trend: Trend, tone: TrendPoint["tone"]): Markup {
  const label = labelOf(trend);
  const verdict = trend.points.at(-1)?.verdict ?? "inconclusive";
  return html`<header class="verdict" data-tone="${tone}">
<div class="frame">
<p class="kind">mplp-check <span>trend of conformance reports</span></p>
${label === "" ? undefined : html`<p class="label">${label}</p>\n`}<h1>${icon(TONE_ICONS[tone])}${VERDICTS[verdict]}</h1>
<p class="sentence">${sentence(trendSentence(trend))}.</p>
</div>
</header>
`;
}

function reportsSection(trend: Trend): HtmlSection {
  return { id: "reports", title: "Reports", count: trend.points.length, body: reportsBody(trend) };
}

function* reportsBody(trend: Trend): Iterable<Markup> {
  if (levelsIn(trend).length === 0) yield html`<p>None of the reports has a finding that counts.</p>\n`;
  else
    yield html`<figure>${trendPicture(trend)}<figcaption class="source">Findings that count, by level; the numbers below are those of the reports.</figcaption></figure>\n`;
  yield* table(REPORTS, trend.points.entries());
}

type Row = readonly [index: number, point: TrendPoint];

const REPORTS: TableOf<Row> = {
  name: "reports",
  caption: "The reports in the order given: findings that count, and what changed since the report before",
  columns: [
    {
      title: "Report",
      cell: ([index, { label, file }]) =>
        html`${index + 1}. ${label === file ? html`<code>${file}</code>` : html`${label}<div class="digest"><code>${file}</code></div>`}`,
    },
    {
      title: "Verdict",
      cell: ([, { verdict, tone }]) =>
        html`<span class="status" data-tone="${tone}">${icon(TONE_ICONS[tone])}${VERDICTS[verdict]}</span>`,
    },
    ...LEVELS.map((level) => ({
      title: level,
      kind: "number" as const,
      cell: ([, { tallies }]: Row) => number(tallies[level].defects),
    })),
    { title: "Waived", kind: "number", cell: ([, { waived }]) => number(waived.defects) },
    { title: "New", kind: "number", cell: ([, point]) => number(changedIn(point, "new")) },
    { title: "Gone", kind: "number", cell: ([, point]) => number(changedIn(point, "gone")) },
  ],
};

function number(count: number | undefined): Markup {
  if (count === undefined) return html`<span class="none">–</span>`;
  return count === 0 ? html`<span class="none">0</span>` : html`${thousands(count)}`;
}

function changesSection(trend: Trend): HtmlSection {
  return { id: "changes", title: "What changed", body: changesBody(trend) };
}

/** How many changes are shown at once, and how many are listed in total. */
const [SHOWN, LISTED] = [10, 200];

function* changesBody({ points }: Trend): Iterable<Markup> {
  for (const [index, { label, since }] of points.entries()) {
    if (since === undefined) continue;
    const { findings, cautions } = since;
    const unlisted = findings.length - LISTED;
    yield html`<h3>${index} to ${index + 1}: ${label}</h3>\n<p>${sentence(comparisonSentence(since))}.</p>\n`;
    for (const caution of cautions) yield html`<p><strong>caution</strong>: ${caution}</p>\n`;
    if (findings.length > 0) yield foldedList(findings.slice(0, LISTED).map(changeItem), SHOWN, "changes");
    if (unlisted > 0)
      yield html`<p class="source">${thousands(unlisted)} more changes; mplp-check diff lists all of them.</p>\n`;
  }
}

function changeItem(finding: FindingChange): Markup {
  const { change, level, message, rule } = finding;
  return html`<span class="level" data-level="${level}">${level}</span> <strong>${change}</strong> ${message} <span class="where">${countsInWords(finding)}; rule ${ruleLink(rule)}; <code>${changedPlace(finding)}</code></span>`;
}
