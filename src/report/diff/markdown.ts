import { counted } from "../../model/counted.js";
import { fitting, sectionOf } from "../markdown/sections.js";
import { code, prose } from "../markdown/text.js";
import { sentence } from "../shared/wording.js";
import { CHANGES, type ClauseChange, type Comparison, type FindingChange } from "./comparison.js";
import { changedPlace, comparisonSentence, countsInWords, statusInWords } from "./words.js";

/** The comparison as GitHub-flavoured Markdown, for a comment on a pull or merge request. */
export function* renderMarkdownDiff(comparison: Comparison): Iterable<string> {
  const { findings, clauses, cautions } = comparison;
  const head = `## MPLP conformance: what changed\n\n${prose(comparisonSentence(comparison))}.\n\n`;
  const sections = [
    sectionOf(
      "caution",
      "The runs differ",
      cautions.map((caution) => `- ${prose(caution)}\n`),
    ),
    ...CHANGES.map((kind) => {
      const own = findings.filter(({ change }) => change === kind);
      return sectionOf(
        `${kind} finding`,
        `${sentence(kind)}: ${counted(own.length, "finding")}`,
        own.map(entry),
      );
    }),
    sectionOf(
      "changed clause",
      `Another status: ${counted(clauses.length, "clause")}`,
      clauses.map(clauseEntry),
    ),
  ];
  yield* fitting(head, sections, "");
}

function entry(finding: FindingChange): string {
  const { level, clauses, message } = finding;
  const cited = clauses.map(code).join(", ");
  const counts = prose(countsInWords(finding));
  return `- ${level} ${cited} **${prose(message)}** ${counts}; ${code(changedPlace(finding))}\n`;
}

function clauseEntry(clause: ClauseChange): string {
  return `- ${clause.level} ${code(clause.id)} ${prose(clause.title)}: ${statusInWords(clause)}\n`;
}
