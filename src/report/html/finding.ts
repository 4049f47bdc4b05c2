import { counted, thousands } from "../../model/counted.js";
import type { Finding } from "../../model/finding.js";
import type { Report, RuleSummary } from "../../model/report.js";
import { rulePage } from "../../model/rule-page.js";
import type { Waiver } from "../../model/waiver.js";
import { citedBy } from "../shared/cited.js";
import { ownLevelNote, placeText, sentence, waivedBy } from "../shared/wording.js";
import { namesOf } from "./anchors.js";
import { clauseLink } from "./clause-link.js";
import { listed } from "./filters.js";
import { html, joinedMarkup, type Markup, type MarkupContent } from "./markup.js";
import { placesMarkup } from "./places.js";

/** How a finding is shown in its list. */
export interface FindingShown {
  readonly isOpen: boolean;
  /** A rule that the list is about already says why and how to fix it. */
  readonly isInGroup: boolean;
}

/** One finding: a line with its message; folded below it, the evidence and the fix. */
export function findingMarkup(finding: Finding, shown: FindingShown, report: Report): Markup {
  const { number = 0, id = "" } = namesOf(report).get(finding) ?? {};
  return html`<details class="finding" id="${id}"${choicesOf(finding)}${shown.isOpen ? html` open` : undefined}>
<summary>${summaryLine(finding, shown)}</summary>
<div class="body">
${waiverMarkup(finding.waiver)}${clauseList(finding, report)}${advice(finding, shown, report)}
${placesMarkup(finding, report)}
<p class="meta">finding ${thousands(number)}, rule ${ruleLink(finding.rule)}, fingerprint <code>${finding.fingerprint}</code>, <a href="#${id}">link to this finding</a></p>
</div>
</details>
`;
}

/** For places that are in no event of a known family. */
export const NO_FAMILY = "none";

/** The values by which the script filters. A finding that does not list all its places may have more files and families. */
function choicesOf(finding: Finding): Markup {
  const { level, rule, clauses, count, locations } = finding;
  const partial = count > locations.length ? html` data-partial` : undefined;
  return html` data-level="${level}" data-rule="${rule}" data-clause="${listed(clauses)}" data-file="${listed(filesOf(finding))}" data-family="${listed(familiesOf(finding))}"${partial}`;
}

export function filesOf({ locations, related }: Finding): readonly string[] {
  return [...locations, ...related].map(({ path }) => path);
}

export function familiesOf({ locations }: Finding): readonly string[] {
  return locations.map(({ family = NO_FAMILY }) => family);
}

function summaryLine(
  { level, message, clauses, count, locations, waiver }: Finding,
  { isInGroup }: FindingShown,
): Markup {
  const [first] = locations;
  const details: readonly MarkupContent[] = [
    waiver === undefined ? undefined : html`<span class="waived">waived</span>`,
    html`<span class="id">${clauses.join(", ")}</span>`,
    count === 1 ? undefined : counted(count, "place"),
    first === undefined ? undefined : html`<span class="id">${placeText(first)}</span>`,
  ];
  const shown = details.filter((detail) => detail !== undefined);
  const heading = isInGroup ? html`<h4>${message}</h4>` : html`<h3>${message}</h3>`;
  return html`<span class="level" data-level="${level}">${level}</span> ${heading} <span class="where">${joinedMarkup(shown, " · ")}</span>`;
}

function waiverMarkup(waiver: Waiver | undefined): Markup | undefined {
  if (waiver === undefined) return undefined;
  return html`<div class="waiver"><p class="words">${waiver.reason}</p><p class="source">${waivedBy(waiver)}</p></div>\n`;
}

function clauseList({ clauses, ownLevel }: Finding, report: Report): Markup {
  const items = clauses.map((id) => {
    const { title = "", source = "" } = report.clauses.find((clause) => clause.id === id) ?? {};
    return html`<li>${clauseLink({ id })} ${title} <span class="source">${source}</span></li>`;
  });
  const changed =
    ownLevel === undefined ? undefined : html`<p class="source">${sentence(ownLevelNote(ownLevel))}.</p>`;
  return html`<ul class="plain">${items}</ul>${changed}\n`;
}

function advice(finding: Finding, { isInGroup }: FindingShown, report: Report): Markup {
  const { rule } = citedBy(finding, report);
  return adviceMarkup([["Hint", finding.hint], ...(isInGroup ? [] : ruleAdvice(rule))]);
}

type Advice = readonly (readonly [name: string, text: string | undefined])[];

/** What a rule says about all its findings. */
export function ruleAdvice({ why, fix }: Partial<RuleSummary>): Advice {
  return [
    ["Why", why],
    ["Fix", fix],
  ];
}

export function adviceMarkup(advice: Advice): Markup {
  const parts = advice.filter(([, text]) => text !== undefined);
  if (parts.length === 0) return html``;
  return html`<dl class="advice">${parts.map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>\n`)}</dl>`;
}

export function ruleLink(rule: string): Markup {
  const page = rulePage(rule);
  const name = html`<code>${rule}</code>`;
  return page === undefined ? name : html`<a href="${page}">${name}</a>`;
}
