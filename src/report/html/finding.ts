import { counted } from "../../model/counted.js";
import type { Finding } from "../../model/finding.js";
import type { Report } from "../../model/report.js";
import { rulePage } from "../../model/rule-page.js";
import type { Waiver } from "../../model/waiver.js";
import { citedBy } from "../shared/cited.js";
import { ownLevelNote, placeText, sentence, waivedBy } from "../shared/wording.js";
import { clauseLink } from "./clause-link.js";
import { anchor, html, joinedMarkup, type Markup, type MarkupContent } from "./markup.js";
import { placesMarkup } from "./places.js";

/** One finding: a line with its message; folded below it, the evidence and the fix. */
export function findingMarkup(finding: Finding, number: number, isOpen: boolean, report: Report): Markup {
  const { level } = finding;
  return html`<details class="finding" id="${anchor("finding", number)}" data-level="${level}"${isOpen ? html` open` : undefined}>
<summary>${summaryLine(finding)}</summary>
<div class="body">
${waiverMarkup(finding.waiver)}${clauseList(finding, report)}${advice(finding, report)}
${placesMarkup(finding)}
<p class="meta">finding ${number}, rule ${ruleLink(finding.rule)}, fingerprint <code>${finding.fingerprint}</code></p>
</div>
</details>
`;
}

function summaryLine({ level, message, clauses, count, locations, waiver }: Finding): Markup {
  const [first] = locations;
  const details: readonly MarkupContent[] = [
    waiver === undefined ? undefined : html`<span class="waived">waived</span>`,
    html`<span class="id">${clauses.join(", ")}</span>`,
    count === 1 ? undefined : counted(count, "place"),
    first === undefined ? undefined : html`<span class="id">${placeText(first)}</span>`,
  ];
  const shown = details.filter((detail) => detail !== undefined);
  return html`<span class="level" data-level="${level}">${level}</span> <h3>${message}</h3> <span class="where">${joinedMarkup(shown, " · ")}</span>`;
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

function advice(finding: Finding, report: Report): Markup {
  const { rule } = citedBy(finding, report);
  const parts = [
    ["Hint", finding.hint],
    ["Why", rule.why],
    ["Fix", rule.fix],
  ].filter(([, text]) => text !== undefined);
  if (parts.length === 0) return html``;
  return html`<dl class="advice">${parts.map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>\n`)}</dl>`;
}

function ruleLink(rule: string): Markup {
  const page = rulePage(rule);
  const name = html`<code>${rule}</code>`;
  return page === undefined ? name : html`<a href="${page}">${name}</a>`;
}
