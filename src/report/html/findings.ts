import { LEVELS } from "../../model/clause.js";
import type { Finding } from "../../model/finding.js";
import type { Report } from "../../model/report.js";
import { nothingChecked } from "../../model/verdict.js";
import { filters } from "./filters.js";
import { findingMarkup } from "./finding.js";
import { html, type Markup } from "./markup.js";
import type { HtmlSection } from "./section.js";

/** Up to so many findings are unfolded; in a longer list a reader looks for one first. */
const OPEN = 6;

/** A finding with its number in the report, from 1. */
type Numbered = readonly [number: number, finding: Finding];

/** The findings that count. */
export function findingsSection(report: Report): HtmlSection {
  const findings = numbered(report).filter(([, { waiver }]) => waiver === undefined);
  return {
    id: "findings",
    title: "Findings",
    count: findings.length,
    body: findingsBody(findings, report),
  };
}

/** The waived findings. */
export function waivedSection(report: Report): HtmlSection | undefined {
  const findings = numbered(report).filter(([, { waiver }]) => waiver !== undefined);
  if (findings.length === 0) return undefined;
  return { id: "waived", title: "Waived", count: findings.length, body: waivedBody(findings, report) };
}

function numbered({ findings }: Report): readonly Numbered[] {
  return findings.map((finding, index) => [index + 1, finding]);
}

function* findingsBody(findings: readonly Numbered[], report: Report): Iterable<Markup> {
  if (findings.length === 0) {
    yield html`<p>${nothingChecked(report) !== undefined ? "Nothing was checked." : "Nothing that was checked gave cause for a finding."}</p>\n`;
    return;
  }
  yield html`<p class="source"><code>mplp-check explain RULE</code> says more about a rule, with logs that break and keep it.</p>\n`;
  if (findings.length > OPEN) yield findingFilters("findings", "findings", findings);
  yield* findingList(findings, report, findings.length <= OPEN);
}

function* waivedBody(findings: readonly Numbered[], report: Report): Iterable<Markup> {
  yield html`<p>These do not count: someone has decided so, and says why.</p>\n`;
  if (findings.length > OPEN) yield findingFilters("waived", "waived findings", findings);
  yield* findingList(findings, report, false);
}

function findingFilters(section: string, noun: string, findings: readonly Numbered[]): Markup {
  const found = new Set(findings.map(([, { level }]) => level));
  return filters({
    rows: `#${section} .finding`,
    noun,
    choices: { level: LEVELS.filter((level) => found.has(level)) },
    isFoldable: true,
  });
}

function* findingList(findings: readonly Numbered[], report: Report, isOpen: boolean): Iterable<Markup> {
  for (const [number, finding] of findings) yield findingMarkup(finding, number, isOpen, report);
}
