import { LEVELS } from "../../model/clause.js";
import type { Finding } from "../../model/finding.js";
import type { Report } from "../../model/report.js";
import { nothingChecked } from "../../model/verdict.js";
import { omittedNote } from "./context.js";
import { filters } from "./filters.js";
import { familiesOf, filesOf, findingMarkup, NO_FAMILY } from "./finding.js";
import { groupedFindings } from "./groups.js";
import { html, type Markup } from "./markup.js";
import type { HtmlSection } from "./section.js";

/** Up to this number, findings are unfolded; in a longer list, a reader looks for one first. */
const OPEN = 6;
/** More findings are folded into one group for each rule. */
const UNGROUPED = 60;

/** The findings that count. */
export function findingsSection(report: Report): HtmlSection {
  const findings = report.findings.filter(({ waiver }) => waiver === undefined);
  return {
    id: "findings",
    title: "Findings",
    count: findings.length,
    body: findingsBody(findings, report),
  };
}

/** The waived findings. */
export function waivedSection(report: Report): HtmlSection | undefined {
  const findings = report.findings.filter(({ waiver }) => waiver !== undefined);
  if (findings.length === 0) return undefined;
  return { id: "waived", title: "Waived", count: findings.length, body: waivedBody(findings, report) };
}

function* findingsBody(findings: readonly Finding[], report: Report): Iterable<Markup> {
  if (findings.length === 0) {
    yield html`<p>${nothingChecked(report) !== undefined ? "Nothing was checked." : "Nothing that was checked gave cause for a finding."}</p>\n`;
    return;
  }
  yield html`<p class="source"><code>mplp-check explain RULE</code> says more about a rule, with logs that break and keep it.</p>\n`;
  const omitted = omittedNote(report);
  if (omitted !== undefined) yield omitted;
  yield* findingList("findings", "findings", findings, report);
}

function* waivedBody(findings: readonly Finding[], report: Report): Iterable<Markup> {
  yield html`<p>These do not count: someone has decided so, and says why.</p>\n`;
  yield* findingList("waived", "waived findings", findings, report);
}

function* findingList(
  section: string,
  noun: string,
  findings: readonly Finding[],
  report: Report,
): Iterable<Markup> {
  const isGrouped = findings.length > UNGROUPED;
  if (findings.length > OPEN) yield findingFilters(section, noun, findings, isGrouped);
  if (isGrouped) return yield* groupedFindings(section, findings, report);
  const shown = { isOpen: section === "findings" && findings.length <= OPEN, isInGroup: false };
  for (const finding of findings) yield findingMarkup(finding, shown, report);
}

function findingFilters(
  section: string,
  noun: string,
  findings: readonly Finding[],
  isGrouped: boolean,
): Markup {
  const found = new Set(findings.map(({ level }) => level));
  const inOrder = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();
  return filters({
    section,
    rows: ".finding",
    noun,
    choices: {
      level: { label: "Level", values: LEVELS.filter((level) => found.has(level)) },
      rule: { label: "Rule", values: inOrder(findings.map(({ rule }) => rule)) },
      clause: { label: "Clause", values: inOrder(findings.flatMap(({ clauses }) => clauses)) },
      file: { label: "File", values: inOrder(findings.flatMap(filesOf)) },
      family: {
        label: "Event family",
        values: inOrder(findings.flatMap(familiesOf)),
        wording: (family) => (family === NO_FAMILY ? "none, or not known" : family),
      },
    },
    fold: isGrouped ? "Open or close groups" : "Open or close all",
  });
}
