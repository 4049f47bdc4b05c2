import { counted } from "../../model/counted.js";
import type { Finding, Location } from "../../model/finding.js";
import { printable } from "../../model/printable.js";
import { relatedTo } from "../../model/related.js";
import type { Report } from "../../model/report.js";
import { rulePage } from "../../model/rule-page.js";
import { type Cited, citedBy } from "../shared/cited.js";
import { atPlaces, ownLevelNote, placeText, waivedBy } from "../shared/wording.js";
import { placeLines } from "./excerpt.js";
import { levelPaint, MARKS } from "./levels.js";
import { type Pen, wrapped } from "./pen.js";

const EXCERPTS = 2;
/** Columns of a label, or of a level with its mark. */
const LABEL = 9;

/**
 * Each finding with its evidence. The first finding of a rule also prints why and fix. Notes and waived findings are
 * short, because they fail no run.
 *
 * @param findings of the report, notes and waived ones last
 */
export function* findingsLines(findings: readonly Finding[], report: Report, pen: Pen): Iterable<string> {
  const explained = new Set<string>();
  for (const finding of findings) {
    if (isAside(finding)) continue;
    const cited = citedBy(finding, report);
    yield* headLines(finding, cited, pen);
    yield* evidenceLines(finding, pen);
    yield* adviceLines(finding, cited, explained.has(finding.rule), pen);
    explained.add(finding.rule);
    yield "\n";
  }
  const asides = findings.filter(isAside);
  for (const finding of asides) yield* asideLines(finding, pen);
  if (asides.length > 0) yield "\n";
}

function isAside({ level, waiver }: Finding): boolean {
  return level === "NOTE" || waiver !== undefined;
}

/** The finding in one sentence; a note also has its hint, which may be what to do about a log that was not checked. */
function* asideLines(finding: Finding, pen: Pen): Iterable<string> {
  const { level, clauses, message, hint, rule, waiver, locations } = finding;
  const place = locations[0] === undefined ? "" : `, ${placeText(locations[0])}`;
  const why = waiver === undefined ? "" : `; ${waiver.reason} (${waivedBy(waiver)})`;
  const text = `${message}${atPlaces(finding)}${place}${why} [${clauses.join(", ")} ${rule}]`;
  const label = waiver === undefined ? `${MARKS[level]} ${level}` : "~ waived";
  const head = levelPaint(level, pen.paint)(label.padEnd(LABEL - 1));
  yield* wrapped(printable(waiver === undefined ? text : `${level} ${text}`), `${head} `, LABEL, pen);
  if (waiver === undefined && hint !== undefined) yield* labelled("hint", hint, pen);
}

function* headLines(finding: Finding, { clause }: Cited, pen: Pen): Iterable<string> {
  const { level, message, ownLevel, clauses } = finding;
  const { paint } = pen;
  const paintHead = levelPaint(level, paint).bold;
  const head = `${paintHead(`${MARKS[level]} ${level.padEnd(6)}`)} `;
  yield* wrapped(printable(`${message}${atPlaces(finding)}`), head, LABEL, pen, paint.bold);
  const source = clause.source === undefined ? "" : ` (${clause.source})`;
  yield* labelled("clause", `${clauses.join(", ")}: ${clause.title ?? ""}${source}`, pen);
  if (ownLevel !== undefined) yield* labelled("level", ownLevelNote(ownLevel), pen);
}

function* labelled(
  label: string,
  text: string,
  pen: Pen,
  styled?: (line: string) => string,
): Iterable<string> {
  yield* wrapped(printable(text), `  ${pen.paint.dim(label.padEnd(LABEL - 2))}`, LABEL, pen, styled);
}

function* evidenceLines(finding: Finding, pen: Pen): Iterable<string> {
  const { count, locations } = finding;
  for (const [index, location] of locations.slice(0, EXCERPTS).entries()) {
    yield* placeLines(location, pen);
    for (const other of relatedTo(finding, index)) {
      yield pen.paint.dim("  with\n");
      yield* placeLines(other, pen);
    }
  }
  yield* otherPlaces(locations.slice(EXCERPTS), count - locations.length, pen);
}

function* otherPlaces(locations: readonly Location[], unlisted: number, pen: Pen): Iterable<string> {
  if (locations.length === 0 && unlisted === 0) return;
  const byPath = new Map<string, number[]>();
  for (const { path, line } of locations) byPath.set(path, [...(byPath.get(path) ?? []), line]);
  const places = [...byPath].map(([path, lines]) => `${path}:${lines.join(", ")}`);
  if (unlisted > 0) places.push(counted(unlisted, "more place"));
  yield* labelled("also", places.join("; "), pen);
}

function* adviceLines(finding: Finding, { rule }: Cited, isExplained: boolean, pen: Pen): Iterable<string> {
  const advice = [
    ["hint", finding.hint],
    ["why", isExplained ? undefined : rule.why],
    ["fix", isExplained ? undefined : rule.fix],
  ] as const;
  for (const [label, text = ""] of advice) if (text !== "") yield* labelled(label, text, pen);
  const above = isExplained ? " (why and fix above)" : "";
  const address = rulePage(finding.rule);
  yield* labelled("rule", `${finding.rule}${above}`, pen, (line) =>
    pen.paint.dim(line.replace(finding.rule, (id) => pen.link(id, address))),
  );
}
