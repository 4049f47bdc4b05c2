import type { FindingLevel } from "../../model/clause.js";
import { counted } from "../../model/counted.js";
import type { Finding, Location } from "../../model/finding.js";
import { withoutCommands } from "../../model/printable.js";
import { relatedTo } from "../../model/related.js";
import type { ClauseResult, InputSummary, Report, RunError } from "../../model/report.js";
import { tally, tallyInWords } from "../../model/tally.js";
import { limitedClauses, openClauses, openRecommendations } from "../../model/verdict.js";
import { verdictSentence } from "../../model/verdict-sentence.js";
import { citedBy } from "../shared/cited.js";
import { type Condition, conditionsOf } from "../shared/conditions.js";
import { CLAUSE_LEVELS, coverageRows } from "../shared/coverage-rows.js";
import { spread } from "../shared/spread.js";
import {
  NOT_ALL_READ,
  ownLevelNote,
  placeText,
  recordsInWords,
  runtimeInWords,
  sentence,
  spaced,
  waivedBy,
} from "../shared/wording.js";
import { fitting, type MarkdownSection } from "./sections.js";
import { code, codeBlock, prose } from "./text.js";

/** Entries that are shown at once; the others are folded. */
const OPEN_ENTRIES = 10;
const PLACES = 3;

/** The report as GitHub-flavoured Markdown, for a step summary or a comment on a merge request. */
export function* renderMarkdown(report: Report): Iterable<string> {
  const { tool, protocol } = report;
  const head = [
    "## MPLP conformance\n\n",
    report.interrupted === true ? `**interrupted**: ${NOT_ALL_READ}\n\n` : "",
    `**${report.verdict}**: ${prose(verdictSentence(report))}\n\n`,
    ...[...factLines(report)].map(inert),
    ...clauseTable(report),
  ].join("");
  const foot = `mplp-check ${prose(tool.version)}, MPLP ${prose(protocol.version)}, clauses and schemas ${code(protocol.digest)}\n`;
  // Before the length is measured, because masking the signs of commands makes the text longer.
  const sections = sectionsOf(report).map((one) => ({ ...one, entries: one.entries.map(inert) }));
  yield* fitting(head, sections, inert(foot));
}

/** What the report is called, and the runtimes that it is about. */
function* factLines({ title, date, runtimes = [] }: Report): Iterable<string> {
  if (title !== undefined) yield `Report: ${prose(title)}\n\n`;
  if (date !== undefined) yield `Date: ${prose(date)}\n\n`;
  const names = [...new Set(runtimes.map(runtimeInWords))];
  if (names.length > 0) yield `Runtime, as its mapping says: ${prose(names.join("; "))}\n\n`;
}

/** Whole lines of Markdown in which CI services see no command. */
function inert(lines: string): string {
  return withoutCommands(lines);
}

/** The order in which sections get room: first those that decide, then texts of people, then long lists. */
function sectionsOf(report: Report): readonly MarkdownSection[] {
  const counting = report.findings.filter(({ waiver }) => waiver === undefined);
  const at = (level: FindingLevel) => counting.filter((finding) => finding.level === level);
  const waived = report.findings.filter(({ waiver }) => waiver !== undefined);
  const attested = report.clauses.filter(({ attestation }) => attestation !== undefined);
  const recommended = openRecommendations(report);
  const [musts, moreMusts] = split(spread(at("MUST"), ({ rule }) => rule));
  const [errors, moreErrors] = split(report.errors);
  const title = (level: FindingLevel): string =>
    `${level}: ${tallyInWords(tally(at(level)), level === "NOTE" ? "note" : "defect")}`;
  return [
    section("error", `In this run: ${counted(report.errors.length, "error")}`, errors.map(errorEntry)),
    section("MUST defect", title("MUST"), findingEntries(musts, report)),
    section(
      "reservation",
      "The claim stays open",
      report.reservations.map((reason) => `- because ${prose(reason)}\n`),
    ),
    section("open clause", "Open MUST clauses", openClauses(report).map(openEntry)),
    section("condition", "What the run went by", conditionsOf(report).map(conditionEntry)),
    section("limit", "Satisfied with limits", limitedClauses(report).map(limitEntry)),
    folded(
      "open clause",
      `Open SHOULD: ${counted(recommended.length, "clause")}`,
      recommended.map(openEntry),
    ),
    folded("attested clause", `Attested: ${counted(attested.length, "clause")}`, attested.map(attestedEntry)),
    folded("waived finding", `Waived: ${tallyInWords(tally(waived), "finding")}`, waived.map(waivedEntry)),
    folded("error", `In this run: ${counted(moreErrors.length, "more error")}`, moreErrors.map(errorEntry)),
    folded(
      "MUST defect",
      `MUST: ${tallyInWords(tally(moreMusts), "more defect")}`,
      findingEntries(moreMusts, report),
    ),
    folded("SHOULD defect", title("SHOULD"), findingEntries(at("SHOULD"), report)),
    folded("MAY defect", title("MAY"), findingEntries(at("MAY"), report)),
    folded("note", title("NOTE"), findingEntries(at("NOTE"), report)),
    folded("input", `Read: ${counted(report.inputs.length, "input")}`, report.inputs.map(inputEntry)),
  ];
}

function split<Entry>(entries: readonly Entry[]): [readonly Entry[], readonly Entry[]] {
  return [entries.slice(0, OPEN_ENTRIES), entries.slice(OPEN_ENTRIES)];
}

function section(noun: string, title: string, entries: readonly string[]): MarkdownSection {
  return { noun, open: `### ${title}\n\n`, entries, close: "\n" };
}

/** The blank lines let Markdown apply between the tags. */
function folded(noun: string, title: string, entries: readonly string[]): MarkdownSection {
  return { noun, open: `<details>\n<summary>${title}</summary>\n\n`, entries, close: "\n</details>\n\n" };
}

function* clauseTable(report: Report): Iterable<string> {
  yield `| clauses | ${CLAUSE_LEVELS.join(" | ")} |\n| :-- | --: | --: | --: |\n`;
  for (const { status, counts } of coverageRows(report))
    yield `| ${spaced(status)} | ${counts.map((count) => (count === 0 ? "·" : count)).join(" | ")} |\n`;
  yield "\n";
}

/** Findings under the clauses that they violate; the first finding of each group brings the heading. */
function findingEntries(findings: readonly Finding[], report: Report): readonly string[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = [finding.rule, ...finding.clauses].join();
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const entries = [...groups.values()].flatMap((group) =>
    group.map((finding, index) => (index === 0 ? headingOf(finding, report) : "") + findingEntry(finding)),
  );
  return entries.map((entry, index) => (index === 0 ? entry.trimStart() : entry));
}

function headingOf(finding: Finding, report: Report): string {
  const { clause, rule } = citedBy(finding, report);
  const isAdvised = rule.fix !== undefined && finding.level !== "NOTE";
  const advice = isAdvised ? `Fix: ${prose(rule.fix ?? "")}\n\n` : "";
  return `\n#### ${finding.clauses.map(code).join(", ")} ${prose(clause.title ?? "")}\n\n${advice}`;
}

function findingEntry(finding: Finding): string {
  const { message, count, hint, ownLevel, locations } = finding;
  const places = locations
    .slice(0, PLACES)
    .map((place, index) => placeMarkdown(place, relatedTo(finding, index)));
  if (count > places.length) places.push(`${counted(count - places.length, "more place")}`);
  const [{ excerpt } = { excerpt: undefined }] = locations;
  return [
    `- **${prose(message)}** ${places.join(", ")}\n`,
    ownLevel === undefined ? "" : `\n  ${sentence(ownLevelNote(ownLevel))}.\n`,
    excerpt === undefined ? "" : `\n${excerptBlock(excerpt)}`,
    hint === undefined ? "" : `\n  Hint: ${prose(hint)}\n`,
  ].join("");
}

function excerptBlock({ text, start, length }: NonNullable<Location["excerpt"]>): string {
  const from = Math.min(start, text.length);
  const marks = " ".repeat(from) + "^".repeat(Math.min(length, text.length - from));
  return codeBlock([text, marks], "  ");
}

function placeMarkdown(location: Location, related: readonly Location[] = []): string {
  if (location.absent === true) return `${code(location.path)} (the whole file)`;
  const place = code(placeText(location));
  const others = related.slice(0, PLACES).map((other) => placeMarkdown(other));
  return others.length === 0 ? place : `${place} (with ${others.join(", ")})`;
}

function openEntry({ id, title, status, reason }: ClauseResult): string {
  const why = reason === undefined ? spaced(status) : prose(reason);
  return `- ${code(id)} ${prose(title)}: ${why}\n`;
}

function limitEntry({ id, title, limits = "" }: ClauseResult): string {
  return `- ${code(id)} ${prose(title)}: ${prose(limits)}\n`;
}

function conditionEntry({ label, text }: Condition): string {
  return `- ${label}: ${prose(text)}\n`;
}

function waivedEntry(finding: Finding): string {
  const { clauses, level, message, count, locations, waiver } = finding;
  const why = waiver === undefined ? "" : `Reason: ${prose(waiver.reason)} (${prose(waivedBy(waiver))})`;
  const places = locations.slice(0, 1).map((place) => placeMarkdown(place));
  if (count > places.length) places.push(counted(count - places.length, "more place"));
  return `- ${level} ${clauses.map(code).join(", ")} **${prose(message)}** ${places.join(", ")}. ${why}\n`;
}

function attestedEntry({ id, title, attestation }: ClauseResult): string {
  const { statement = "", evidence = "", ...place } = attestation ?? {};
  return `- ${code(id)} ${prose(title)}: they say "${prose(statement)}" (${code(evidence)}; ${code(placeText(place))}); nobody has verified it\n`;
}

function errorEntry(error: RunError): string {
  return `- ${error.about ?? "not checked"}: ${code(placeText(error))}: ${prose(error.message)}\n`;
}

function inputEntry(input: InputSummary): string {
  return `- ${code(input.path)}: ${recordsInWords(input)}\n`;
}
