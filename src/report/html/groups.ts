import { counted } from "../../model/counted.js";
import type { Finding } from "../../model/finding.js";
import type { Report } from "../../model/report.js";
import { tally } from "../../model/tally.js";
import { adviceMarkup, findingMarkup, ruleAdvice, ruleLink } from "./finding.js";
import { anchor, html, type Markup } from "./markup.js";

/** The findings of one rule at one level. */
interface Group {
  readonly id: string;
  readonly findings: readonly [Finding, ...Finding[]];
}

/** Findings by rule and level, in the order of the report. Each group is folded, and counts its findings. */
export function* groupedFindings(
  section: string,
  findings: readonly Finding[],
  report: Report,
): Iterable<Markup> {
  for (const { id, findings: own } of groupsOf(section, findings)) {
    yield groupHead(id, own, report);
    for (const finding of own) yield findingMarkup(finding, { isOpen: false, isInGroup: true }, report);
    yield html`</div>\n</details>\n`;
  }
}

function groupsOf(section: string, findings: readonly Finding[]): readonly Group[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = `${finding.level} ${finding.rule}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups].map(([key, own]) => ({ id: anchor(section, key), findings: own }));
}

function groupHead(id: string, findings: Group["findings"], report: Report): Markup {
  const [{ rule, level }] = findings;
  const about = report.rules.find((each) => each.id === rule) ?? { title: rule };
  const { defects, places } = tally(findings);
  const noun = level === "NOTE" ? "note" : "finding";
  return html`<details class="group" id="${id}" data-level="${level}">
<summary><span class="level" data-level="${level}">${level}</span> <h3>${about.title}</h3> <span class="where"><span class="tally">${counted(defects, noun)} at ${counted(places, "place")}</span> · <span class="id">${rule}</span></span></summary>
<div class="members">
${adviceMarkup(ruleAdvice(about))}<p class="meta">rule ${ruleLink(rule)}, <a href="#${id}">link to these findings</a></p>
`;
}
