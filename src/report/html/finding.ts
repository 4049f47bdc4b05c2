import type { Finding } from "../../model/finding.js";
import type { ClauseResult, RuleSummary } from "../../model/report.js";
import type { Waiver } from "../../model/waiver.js";
import { clauseLink } from "./clause-link.js";
import { anchor, type Content, html, joined, type Markup } from "./markup.js";
import { placesMarkup } from "./places.js";
import { placeOf, plural } from "./words.js";

/** What a report says about clauses and rules, by id. */
export interface FindingContext {
  readonly clauses: ReadonlyMap<string, ClauseResult>;
  readonly rules: ReadonlyMap<string, RuleSummary>;
}

/** One finding: a line that says what is wrong, and folded below it the evidence and what to do. */
export function findingMarkup(
  finding: Finding,
  number: number,
  isOpen: boolean,
  context: FindingContext,
): Markup {
  const { level } = finding;
  return html`<details class="finding" id="${anchor("finding", number)}" data-level="${level}"${isOpen ? html` open` : undefined}>
<summary>${summaryLine(finding)}</summary>
<div class="body">
${waiverMarkup(finding.waiver)}${clauseList(finding, context)}${advice(finding, context)}
${placesMarkup(finding)}
<p class="meta">finding ${number}, rule <code>${finding.rule}</code>, fingerprint <code>${finding.fingerprint}</code></p>
</div>
</details>
`;
}

function summaryLine({ level, message, clauses, count, locations, waiver }: Finding): Markup {
  const [first] = locations;
  const details: readonly Content[] = [
    waiver === undefined ? undefined : html`<span class="waived">waived</span>`,
    html`<span class="id">${clauses.join(", ")}</span>`,
    count === 1 ? undefined : plural(count, "time"),
    first === undefined ? undefined : html`<span class="id">${placeOf(first)}</span>`,
  ];
  const shown = details.filter((detail) => detail !== undefined);
  return html`<span class="level" data-level="${level}">${level}</span> <h3>${message}</h3> <span class="where">${joined(shown, " · ")}</span>`;
}

function waiverMarkup(waiver: Waiver | undefined): Markup | undefined {
  if (waiver === undefined) return undefined;
  const { source, reason, owner, expires } = waiver;
  const who = [source, owner, expires === undefined ? undefined : `until ${expires}`];
  const known = who.filter((part) => part !== undefined);
  return html`<div class="waiver"><p class="words">${reason}</p><p class="source">${known.join(", ")}</p></div>\n`;
}

function clauseList({ clauses, ownLevel }: Finding, context: FindingContext): Markup {
  const items = clauses.map((id) => {
    const { title = "", source = "" } = context.clauses.get(id) ?? {};
    return html`<li>${clauseLink({ id })} ${title} <span class="source">${source}</span></li>`;
  });
  const changed =
    ownLevel === undefined
      ? undefined
      : html`<p class="source">Its own level is ${ownLevel}: the configuration changed it.</p>`;
  return html`<ul class="plain">${items}</ul>${changed}\n`;
}

function advice({ rule, hint }: Finding, { rules }: FindingContext): Markup {
  const about = rules.get(rule);
  const parts = [
    ["Hint", hint],
    ["Why", about?.why],
    ["Fix", about?.fix],
  ].filter(([, text]) => text !== undefined);
  if (parts.length === 0) return html``;
  return html`<dl class="advice">${parts.map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>\n`)}</dl>`;
}
