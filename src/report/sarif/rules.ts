import type { ReportingDescriptor } from "sarif";
import { type FindingLevel, LEVELS } from "../../model/clause.js";
import type { Finding } from "../../model/finding.js";
import type { ClauseResult, Report, RuleSummary } from "../../model/report.js";
import { rulePage } from "../../model/rule-page.js";
import { SARIF_LEVELS, taxaOf } from "./clauses.js";
import { markdown, message } from "./messages.js";

/** GitHub refuses a rule with more tags. The relationships list the clauses too. */
const MOST_TAGS = 20;

/** The rules that have findings. */
export function ruleDescriptors(report: Report): ReportingDescriptor[] {
  return report.rules.map((rule) => {
    const findings = report.findings.filter((finding) => finding.rule === rule.id);
    const ids = new Set(findings.flatMap(({ clauses }) => clauses));
    const clauses = report.clauses.filter(({ id }) => ids.has(id));
    const page = rulePage(rule.id);
    return {
      id: rule.id,
      name: nameOf(rule.id),
      shortDescription: message(rule.title),
      fullDescription: message(rule.why),
      ...(page !== undefined && { helpUri: page }),
      help: { text: helpText(rule, clauses), markdown: helpMarkdown(rule, clauses) },
      defaultConfiguration: { level: SARIF_LEVELS[strictest(findings)] },
      relationships: taxaOf(
        clauses.map(({ id }) => id),
        report,
      ).map((target) => ({ target, kinds: ["relevant"] })),
      properties: { tags: ["mplp", ...clauses.map(({ id }) => id)].slice(0, MOST_TAGS) },
    };
  });
}

/** The level of a rule's findings unless a configuration changes it. */
function strictest(findings: readonly Finding[]): FindingLevel {
  const levels = findings.map(({ level, ownLevel = level }) => ownLevel);
  return LEVELS.find((level) => levels.includes(level)) ?? "NOTE";
}

/** "event-id-v4" as "EventIdV4": SARIF asks for names that read as identifiers. */
function nameOf(id: string): string {
  return id.replace(/(?:^|-)(\w)/g, (_, first: string) => first.toUpperCase());
}

function helpText({ why, fix }: RuleSummary, clauses: readonly ClauseResult[]): string {
  const cited = clauses.map(({ id, level, title, source }) => `${id} (${level}): ${title}. ${source}`);
  return [why, fix, ...cited].map((line) => message(line).text).join("\n");
}

function helpMarkdown({ why, fix }: RuleSummary, clauses: readonly ClauseResult[]): string {
  const cited = clauses.map(
    ({ id, level, title, source }) =>
      `- **${markdown(id)}** (${level}) ${markdown(title)}: ${markdown(source)}`,
  );
  return [
    `**Why** ${markdown(why)}`,
    "",
    `**Fix** ${markdown(fix)}`,
    "",
    "**Clauses**",
    "",
    ...cited,
    "",
  ].join("\n");
}
