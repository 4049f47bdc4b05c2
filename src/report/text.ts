import { Chalk, type ChalkInstance } from "chalk";
import { CLAUSE_STATUSES, type ClauseStatus, type FindingLevel, type Level } from "../model/clause.js";
import type { Finding, Location } from "../model/finding.js";
import { printable } from "../model/printable.js";
import { relatedTo } from "../model/related.js";
import type { Report } from "../model/report.js";
import { verdictSentence } from "../model/verdict-sentence.js";
import type { Waiver } from "../model/waiver.js";
import { thousands } from "./counted.js";

const EXCERPTS = 2;
const WIDTH = 100;

/** The report for people: each finding with its evidence, a table of clauses, the verdict in one sentence. */
export function* renderText(report: Report, { color }: { readonly color: boolean }): Iterable<string> {
  const paint = new Chalk({ level: color ? 1 : 0 });
  for (const finding of report.findings) yield* findingLines(finding, report, paint);
  yield* inputLines(report, paint);
  yield* packLines(report, paint);
  yield* graphLines(report, paint);
  yield* crosscutLine(report, paint);
  yield "\n";
  yield* clauseTable(report, paint);
  yield* attestedClauses(report, paint);
  yield* openClauses(report, paint);
  const { verdict } = report;
  const tone = { nonconformant: paint.red, inconclusive: paint.yellow }[verdict as string] ?? paint.green;
  if (report.interrupted === true)
    yield `${paint.yellow.bold("interrupted")}: not all of the input was read\n`;
  yield `${tone.bold(verdict)}: ${printable(verdictSentence(report))}\n`;
}

const MARKS: Readonly<Record<FindingLevel, string>> = { MUST: "✗", SHOULD: "!", MAY: "?", NOTE: "i" };

function levelPaint(level: FindingLevel, paint: ChalkInstance): ChalkInstance {
  return { MUST: paint.red, SHOULD: paint.yellow, MAY: paint.cyan, NOTE: paint.blue }[level];
}

function* findingLines(finding: Finding, report: Report, paint: ChalkInstance): Iterable<string> {
  const { level, count, message, hint, locations } = finding;
  const title = report.clauses.find(({ id }) => id === finding.clauses[0])?.title ?? "";
  const times = count === 1 ? "" : paint.dim(` (${thousands(count)} times)`);
  const { waiver, ownLevel } = finding;
  const label = waiver === undefined ? `${MARKS[level]} ${level.padEnd(6)}` : `~ waived ${level}`;
  const head = `${label} ${finding.clauses.join(", ")}`;
  yield `${levelPaint(level, paint).bold(head)}  ${title}${times}\n`;
  yield `  ${paint.bold(message)}\n`;
  if (ownLevel !== undefined)
    yield `  ${paint.dim(`its own level is ${ownLevel}: the configuration changed it`)}\n`;
  if (waiver !== undefined) yield* waiverLines(waiver, paint);
  const shown = level === "NOTE" || waiver !== undefined ? 1 : EXCERPTS;
  for (const [index, location] of locations.slice(0, shown).entries()) {
    yield* locationLines(location, relatedTo(finding, index), paint);
  }
  yield* otherLocations(locations.slice(shown), count - locations.length, paint);
  const rule = report.rules.find(({ id }) => id === finding.rule);
  const advice = [
    ["hint", hint],
    ...(level === "NOTE" || waiver !== undefined
      ? []
      : [
          ["why", rule?.why],
          ["fix", rule?.fix],
        ]),
  ] as const;
  for (const [label, text] of advice) {
    if (text !== undefined) yield* wrapped(text, `  ${paint.dim((label ?? "").padEnd(5))}`, 7);
  }
  const source = report.clauses.find(({ id }) => id === finding.clauses[0])?.source ?? "";
  yield `  ${paint.dim(`rule ${finding.rule} · ${source}`)}\n\n`;
}

function* waiverLines({ source, reason, owner, expires }: Waiver, paint: ChalkInstance): Iterable<string> {
  const who = owner === undefined ? "" : ` · ${printable(owner)}`;
  const until = expires === undefined ? "" : ` · until ${expires}`;
  yield* wrapped(`${printable(reason)} (${source}${who}${until})`, `  ${paint.dim("waived ")}`, 9);
}

function* locationLines(
  location: Location,
  related: readonly Location[],
  paint: ChalkInstance,
): Iterable<string> {
  yield* excerptLines(location, paint);
  for (const other of related) {
    yield paint.dim("  with\n");
    yield* excerptLines(other, paint);
  }
}

function* excerptLines(location: Location, paint: ChalkInstance): Iterable<string> {
  yield `  ${paint.cyan(placeOf(location))}\n`;
  const { excerpt } = location;
  if (excerpt === undefined) return;
  const gutter = String(excerpt.line).padStart(6);
  yield `${paint.dim(`${gutter} │ `)}${printable(excerpt.text)}\n`;
  const indent = " ".repeat(excerpt.start);
  yield `${paint.dim(`${" ".repeat(gutter.length)} │ `)}${indent}${paint.red("^".repeat(excerpt.length))}\n`;
}

function placeOf({ path, line, column, absent }: Location): string {
  if (absent === true) return `${printable(path)} (the whole file)`;
  return `${printable(path)}:${line}${column === undefined ? "" : `:${column}`}`;
}

function* otherLocations(
  locations: readonly Location[],
  unlisted: number,
  paint: ChalkInstance,
): Iterable<string> {
  if (locations.length === 0 && unlisted === 0) return;
  const byPath = new Map<string, number[]>();
  for (const { path, line } of locations) byPath.set(path, [...(byPath.get(path) ?? []), line]);
  const places = [...byPath].map(([path, lines]) => `${printable(path)}:${lines.join(",")}`);
  if (unlisted > 0) places.push(`${thousands(unlisted)} more places`);
  yield* wrapped(places.join("; "), `  ${paint.dim("also ")}`, 7);
}

function* inputLines(report: Report, paint: ChalkInstance): Iterable<string> {
  for (const { path, records, recognised } of report.inputs) {
    const kinds = Object.entries(recognised).filter(([, count]) => count > 0);
    const detail = kinds.map(([kind, count]) => `${thousands(count)} ${kind}`).join(", ");
    const empty = records === 0 ? paint.yellow(" nothing to check") : "";
    yield `${paint.dim("read")} ${printable(path)}: ${thousands(records)} records${detail === "" ? "" : ` (${detail})`}${empty}\n`;
  }
  for (const { path, line, message } of report.errors) {
    const place = line === undefined ? printable(path) : `${printable(path)}:${line}`;
    yield `${paint.red.bold("not checked")} ${place}: ${printable(message)}\n`;
  }
}

/** What was done with evidence folders: files that nobody looked into are named. */
function* packLines({ packs }: Report, paint: ChalkInstance): Iterable<string> {
  for (const { path, checksums, notChecked, withoutChecksum } of packs) {
    const { listed, verified } = checksums;
    const sums =
      listed === 0 ? "no checksums" : `${thousands(verified)} of ${thousands(listed)} checksums verified`;
    const parts = [
      ["checked without a checksum", withoutChecksum],
      ["not checked", notChecked],
    ] as const;
    const others = parts
      .filter(([, names]) => names.length > 0)
      .map(([label, names]) => `; ${label}: ${printable(names.join(", "))}`);
    yield* wrapped(`${printable(path)}: ${sums}${others.join("")}`, paint.dim("evidence "), 9);
  }
}

const GRAPHS = 3;

/** What the graph_update events of the first graphs add up to. */
function* graphLines({ graphs }: Report, paint: ChalkInstance): Iterable<string> {
  for (const { graph_id, updates, nodes, edges, nodesBefore, edgesBefore } of graphs.slice(0, GRAPHS)) {
    const before =
      nodesBefore + edgesBefore > 0
        ? `; at least ${thousands(nodesBefore)} nodes and ${thousands(edgesBefore)} edges before the log`
        : "";
    const totals = `${signed(nodes)} nodes, ${signed(edges)} edges in ${thousands(updates)} updates`;
    yield `${paint.dim("graph")} ${printable(graph_id)}: ${totals}${before}\n`;
  }
  if (graphs.length > GRAPHS)
    yield `${paint.dim("graph")} ${graphs.length - GRAPHS} more in the JSON report\n`;
}

/** Which crosscuts the mapping and the log show, and which not. */
function* crosscutLine({ crosscuts }: Report, paint: ChalkInstance): Iterable<string> {
  if (crosscuts.length === 0) return;
  const shown = crosscuts.filter(({ areas, events }) => areas.length > 0 && events.length > 0);
  const others = crosscuts.filter((row) => !shown.includes(row)).map(({ crosscut }) => crosscut);
  const rest = others.length === 0 ? "" : `; not shown: ${others.join(", ")}`;
  yield `${paint.dim("crosscuts")} ${shown.length} of ${crosscuts.length} bound to areas and events${rest}\n`;
}

function signed(count: number): string {
  return count < 0 ? `-${thousands(-count)}` : `+${thousands(count)}`;
}

const LEVELS: readonly Level[] = ["MUST", "SHOULD", "MAY"];

function* clauseTable(report: Report, paint: ChalkInstance): Iterable<string> {
  const { coverage } = report.summary;
  yield `${paint.bold("clauses".padEnd(16))}${LEVELS.map((level) => level.padStart(8)).join("")}\n`;
  for (const status of CLAUSE_STATUSES) {
    const counts = LEVELS.map((level) => coverage[level][status]);
    if (counts.every((count) => count === 0)) continue;
    const cells = counts.map((count) => (count === 0 ? "·" : String(count)).padStart(8)).join("");
    yield `${statusPaint(status, paint)(status.replace("-", " ").padEnd(16))}${cells}\n`;
  }
  yield "\n";
}

function statusPaint(status: ClauseStatus, paint: ChalkInstance): ChalkInstance {
  if (status === "violated") return paint.red;
  if (status === "satisfied" || status === "attested") return paint.green;
  return status === "inconclusive" ? paint.yellow : paint.dim;
}

/** What the runtime's authors say where nothing shows it: their words, not a result. */
function* attestedClauses(report: Report, paint: ChalkInstance): Iterable<string> {
  const attested = report.clauses.filter(({ attestation }) => attestation !== undefined);
  for (const { id, title, attestation } of attested) {
    const { statement = "", evidence = "", path = "", line = 1 } = attestation ?? {};
    const place = `${printable(path)}:${line}`;
    yield `${paint.cyan("attested")} ${id} ${title}: "${printable(statement)}" (${printable(evidence)}; ${place})\n`;
  }
  if (attested.length > 0) yield "\n";
}

/** Clauses that stay open although the input or a claim put them to the test, with the reason. */
function* openClauses(report: Report, paint: ChalkInstance): Iterable<string> {
  const blocking =
    report.claims.length > 0 ? ["inconclusive", "not-exercised", "not-checkable"] : ["inconclusive"];
  const open = report.clauses.filter(({ level, status }) => level === "MUST" && blocking.includes(status));
  for (const { id, title, reason } of open) yield `${paint.yellow("open")} ${id} ${title}: ${reason ?? ""}\n`;
  if (open.length > 0) yield "\n";
}

function* wrapped(text: string, head: string, indent: number): Iterable<string> {
  let line = "";
  let lead = head;
  for (const word of text.split(" ")) {
    if (line !== "" && indent + line.length + 1 + word.length > WIDTH) {
      yield `${lead}${line}\n`;
      lead = " ".repeat(indent);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  yield `${lead}${line}\n`;
}
