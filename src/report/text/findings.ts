import type { ChalkInstance } from "chalk";
import type { FindingLevel } from "../../model/clause.js";
import { counted, thousands } from "../../model/counted.js";
import type { Finding, Location } from "../../model/finding.js";
import { printable } from "../../model/printable.js";
import { relatedTo } from "../../model/related.js";
import type { Report } from "../../model/report.js";
import { type Cited, citedBy } from "../cited.js";
import { ownLevelNote, waivedBy } from "../wording.js";
import { placeLines } from "./excerpt.js";
import { type Pen, wrapped } from "./pen.js";

const EXCERPTS = 2;

const MARKS: Readonly<Record<FindingLevel, string>> = { MUST: "✗", SHOULD: "!", MAY: "?", NOTE: "i" };

/** Each finding with its evidence, and what to do the first time that a rule is broken. */
export function* findingsLines(report: Report, pen: Pen): Iterable<string> {
  const explained = new Set<string>();
  for (const finding of report.findings) {
    const cited = citedBy(finding, report);
    yield* headLines(finding, cited, pen);
    yield* evidenceLines(finding, pen);
    yield* adviceLines(finding, cited, explained.has(finding.rule), pen);
    if (!isAside(finding)) explained.add(finding.rule);
    yield "\n";
  }
}

/** Findings that nobody has to act on are told in short. */
function isAside({ level, waiver }: Finding): boolean {
  return level === "NOTE" || waiver !== undefined;
}

function* headLines(finding: Finding, { clause }: Cited, pen: Pen): Iterable<string> {
  const { level, count, message, waiver, ownLevel, clauses } = finding;
  const { paint } = pen;
  const label = waiver === undefined ? `${MARKS[level]} ${level.padEnd(6)}` : `~ waived ${level}`;
  const times = count === 1 ? "" : paint.dim(` (${thousands(count)} times)`);
  const head = `${label} ${clauses.map(printable).join(", ")}`;
  yield `${levelPaint(level, paint).bold(head)}  ${printable(clause.title ?? "")}${times}\n`;
  yield* wrapped(printable(message), "  ", 2, pen, paint.bold);
  if (ownLevel !== undefined) yield `  ${paint.dim(ownLevelNote(ownLevel))}\n`;
  if (waiver !== undefined)
    yield* wrapped(printable(`${waiver.reason} (${waivedBy(waiver)})`), `  ${paint.dim("waived ")}`, 9, pen);
}

function levelPaint(level: FindingLevel, paint: ChalkInstance): ChalkInstance {
  return { MUST: paint.red, SHOULD: paint.yellow, MAY: paint.cyan, NOTE: paint.blue }[level];
}

function* evidenceLines(finding: Finding, pen: Pen): Iterable<string> {
  const { count, locations } = finding;
  const shown = isAside(finding) ? 1 : EXCERPTS;
  for (const [index, location] of locations.slice(0, shown).entries()) {
    yield* placeLines(location, pen);
    for (const other of relatedTo(finding, index)) {
      yield pen.paint.dim("  with\n");
      yield* placeLines(other, pen);
    }
  }
  if (!isAside(finding)) yield* otherPlaces(locations.slice(shown), count - locations.length, pen);
}

function* otherPlaces(locations: readonly Location[], unlisted: number, pen: Pen): Iterable<string> {
  if (locations.length === 0 && unlisted === 0) return;
  const byPath = new Map<string, number[]>();
  for (const { path, line } of locations) byPath.set(path, [...(byPath.get(path) ?? []), line]);
  const places = [...byPath].map(([path, lines]) => `${printable(path)}:${lines.join(", ")}`);
  if (unlisted > 0) places.push(counted(unlisted, "more place"));
  yield* wrapped(places.join("; "), `  ${pen.paint.dim("also ")}`, 7, pen);
}

function* adviceLines(
  finding: Finding,
  { clause, rule }: Cited,
  isExplained: boolean,
  pen: Pen,
): Iterable<string> {
  const isShort = isAside(finding) || isExplained;
  const advice = [
    ["hint", finding.hint],
    ["why", isShort ? undefined : rule.why],
    ["fix", isShort ? undefined : rule.fix],
  ] as const;
  for (const [label, text = ""] of advice)
    if (text !== "") yield* wrapped(printable(text), `  ${pen.paint.dim(label.padEnd(5))}`, 7, pen);
  const source = clause.source === undefined ? "" : ` · ${clause.source}`;
  const above = isExplained && !isAside(finding) ? " · why and fix above" : "";
  yield* wrapped(
    printable(`${finding.rule}${source}${above}`),
    `  ${pen.paint.dim("rule ")}`,
    7,
    pen,
    pen.paint.dim,
  );
}
