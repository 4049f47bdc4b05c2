import { CLAUSE_STATUSES, type FindingLevel, type Level } from "../model/clause.js";
import type { Finding, Location } from "../model/finding.js";
import { relatedTo } from "../model/related.js";
import type { ClauseResult, InputSummary, Report, RunError } from "../model/report.js";
import { undemonstrated } from "../model/verdict.js";
import { verdictSentence } from "../model/verdict-sentence.js";
import { counted, thousands } from "./counted.js";
import { fitting, type Section } from "./markdown-sections.js";
import { code, codeBlock, prose } from "./markdown-text.js";
import { spread } from "./spread.js";

/** What is shown at once; the rest of it is folded. */
const OPEN_ENTRIES = 10;
const PLACES = 3;

/** The report as GitHub-flavoured Markdown, for a step summary or a comment on a merge request. */
export function* renderMarkdown(report: Report): Iterable<string> {
  const { tool, protocol } = report;
  const head = [
    "## MPLP conformance\n\n",
    report.interrupted === true ? "**interrupted**: not all of the input was read\n\n" : "",
    `**${report.verdict}**: ${prose(verdictSentence(report))}\n\n`,
    ...clauseTable(report),
  ].join("");
  const foot = `mplp-check ${prose(tool.version)}, MPLP ${prose(protocol.version)}, clauses and schemas ${code(protocol.digest)}\n`;
  yield* fitting(head, sectionsOf(report), foot);
}

/** In the order in which room is given to them: what decides first, then what people wrote, then long lists. */
function sectionsOf(report: Report): readonly Section[] {
  const counting = report.findings.filter(({ waiver }) => waiver === undefined);
  const at = (level: FindingLevel) => counting.filter((finding) => finding.level === level);
  const waived = report.findings.filter(({ waiver }) => waiver !== undefined);
  const attested = report.clauses.filter(({ attestation }) => attestation !== undefined);
  const [musts, moreMusts] = split(spread(at("MUST"), ({ rule }) => rule));
  const [errors, moreErrors] = split(report.errors);
  const title = (level: FindingLevel): string => `${level}: ${sizeOf(at(level))}`;
  return [
    section("error", `Not checked: ${counted(report.errors.length, "error")}`, errors.map(errorEntry)),
    section("MUST finding", title("MUST"), findingEntries(musts, report)),
    section("open clause", "Open MUST clauses", openClauses(report).map(openEntry)),
    folded("attested clause", `Attested: ${counted(attested.length, "clause")}`, attested.map(attestedEntry)),
    folded("waived finding", `Waived: ${sizeOf(waived)}`, waived.map(waivedEntry)),
    folded("error", `Not checked: ${counted(moreErrors.length, "more error")}`, moreErrors.map(errorEntry)),
    folded("MUST finding", `MUST: ${sizeOf(moreMusts, "more finding")}`, findingEntries(moreMusts, report)),
    folded("SHOULD finding", title("SHOULD"), findingEntries(at("SHOULD"), report)),
    folded("MAY finding", title("MAY"), findingEntries(at("MAY"), report)),
    folded("note", title("NOTE"), findingEntries(at("NOTE"), report)),
    folded("input", `Read: ${counted(report.inputs.length, "input")}`, report.inputs.map(inputEntry)),
  ];
}

function split<Entry>(entries: readonly Entry[]): [readonly Entry[], readonly Entry[]] {
  return [entries.slice(0, OPEN_ENTRIES), entries.slice(OPEN_ENTRIES)];
}

function section(noun: string, title: string, entries: readonly string[]): Section {
  return { noun, open: `### ${title}\n\n`, entries, close: "\n" };
}

/** The blank lines make Markdown of what stands between the tags. */
function folded(noun: string, title: string, entries: readonly string[]): Section {
  return { noun, open: `<details>\n<summary>${title}</summary>\n\n`, entries, close: "\n</details>\n\n" };
}

function sizeOf(findings: readonly Finding[], noun = "finding"): string {
  const places = findings.reduce((sum, { count }) => sum + count, 0);
  return `${counted(findings.length, noun)} at ${counted(places, "place")}`;
}

const LEVELS: readonly Level[] = ["MUST", "SHOULD", "MAY"];

function* clauseTable({ summary: { coverage } }: Report): Iterable<string> {
  yield `| clauses | ${LEVELS.join(" | ")} |\n| :-- | --: | --: | --: |\n`;
  for (const status of CLAUSE_STATUSES) {
    const counts = LEVELS.map((level) => coverage[level][status]);
    if (counts.every((count) => count === 0)) continue;
    yield `| ${status.replaceAll("-", " ")} | ${counts.map((count) => (count === 0 ? "·" : count)).join(" | ")} |\n`;
  }
  yield "\n";
}

/** Findings under the clauses they break; the first of each group brings the heading. */
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

function headingOf({ rule, clauses, level }: Finding, report: Report): string {
  const title = report.clauses.find(({ id }) => id === clauses[0])?.title ?? "";
  const fix = level === "NOTE" ? undefined : report.rules.find(({ id }) => id === rule)?.fix;
  const advice = fix === undefined ? "" : `Fix: ${prose(fix)}\n\n`;
  return `\n#### ${clauses.map(code).join(", ")} ${prose(title)}\n\n${advice}`;
}

function findingEntry(finding: Finding): string {
  const { message, count, hint, ownLevel, locations } = finding;
  const places = locations.slice(0, PLACES).map((place, index) => placeOf(place, relatedTo(finding, index)));
  if (count > places.length) places.push(`${counted(count - places.length, "more place")}`);
  const [{ excerpt } = { excerpt: undefined }] = locations;
  return [
    `- **${prose(message)}** ${places.join(", ")}\n`,
    ownLevel === undefined ? "" : `\n  Its own level is ${ownLevel}: the configuration changed it.\n`,
    excerpt === undefined ? "" : `\n${excerptBlock(excerpt)}`,
    hint === undefined ? "" : `\n  Hint: ${prose(hint)}\n`,
  ].join("");
}

function excerptBlock({ text, start, length }: NonNullable<Location["excerpt"]>): string {
  const from = Math.min(start, text.length);
  const marks = " ".repeat(from) + "^".repeat(Math.min(length, text.length - from));
  return codeBlock([text, marks], "  ");
}

function placeOf({ path, line, column, absent }: Location, related: readonly Location[] = []): string {
  if (absent === true) return `${code(path)} (the whole file)`;
  const place = code(`${path}:${line}${column === undefined ? "" : `:${column}`}`);
  const others = related.slice(0, PLACES).map((other) => placeOf(other));
  return others.length === 0 ? place : `${place} (with ${others.join(", ")})`;
}

/** Clauses that stay open although the input or a claim puts them to the test. */
function openClauses(report: Report): readonly ClauseResult[] {
  if (report.claims.length > 0) return undemonstrated(report);
  return report.clauses.filter(({ level, status }) => level === "MUST" && status === "inconclusive");
}

function openEntry({ id, title, status, reason }: ClauseResult): string {
  const why = reason === undefined ? status.replaceAll("-", " ") : prose(reason);
  return `- ${code(id)} ${prose(title)}: ${why}\n`;
}

function waivedEntry(finding: Finding): string {
  const { clauses, level, message, count, locations, waiver } = finding;
  const { source = "waiver", reason = "", owner, expires, place } = waiver ?? {};
  const who = [
    source,
    ...(owner === undefined ? [] : [prose(owner)]),
    ...(expires === undefined ? [] : [`until ${code(expires)}`]),
    ...(place === undefined ? [] : [code(place)]),
  ];
  const places = locations.slice(0, 1).map((place) => placeOf(place));
  if (count > places.length) places.push(counted(count - places.length, "more place"));
  return `- ${level} ${clauses.map(code).join(", ")} **${prose(message)}** ${places.join(", ")}. Reason: ${prose(reason)} (${who.join(", ")})\n`;
}

function attestedEntry({ id, title, attestation }: ClauseResult): string {
  const { statement = "", evidence = "", path = "", line = 1 } = attestation ?? {};
  return `- ${code(id)} ${prose(title)}: they say "${prose(statement)}" (${code(evidence)}; ${code(`${path}:${line}`)})\n`;
}

function errorEntry({ path, line, message }: RunError): string {
  return `- ${code(line === undefined ? path : `${path}:${line}`)}: ${prose(message)}\n`;
}

function inputEntry({ path, records, recognised }: InputSummary): string {
  const kinds = Object.entries(recognised).filter(([, count]) => count > 0);
  const detail = kinds.map(([kind, count]) => `${thousands(count)} ${kind.replaceAll("-", " ")}`).join(", ");
  return `- ${code(path)}: ${counted(records, "record")}${detail === "" ? "" : ` (${detail})`}\n`;
}
