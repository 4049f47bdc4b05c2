import type { ChalkInstance } from "chalk";
import type { ClauseStatus } from "../../model/clause.js";
import { counted, signed, thousands } from "../../model/counted.js";
import { printable } from "../../model/printable.js";
import type { ClauseResult, EvidencePack, InputSummary, Report, RunError } from "../../model/report.js";
import type { GraphTotals } from "../../model/rule.js";
import { limitedClauses, openClauses, openRecommendations } from "../../model/verdict.js";
import { conditionsOf, unaskedConditions } from "../shared/conditions.js";
import { CLAUSE_LEVELS, coverageRows } from "../shared/coverage-rows.js";
import {
  checksumsInWords,
  findingsInWords,
  isIdle,
  NOBODY_VERIFIED,
  NOT_ALL_READ,
  placeText,
  recordsInWords,
  spaced,
  versionInWords,
} from "../shared/wording.js";
import { type Pen, wrapped } from "./pen.js";

const LABEL = 14;
const INPUTS = 10;
const GRAPHS = 3;
const RESERVATIONS = 10;

/** One fact under a label; all facts of a report share one column. */
export function* fact(label: string, style: ChalkInstance, text: string, pen: Pen): Iterable<string> {
  yield* wrapped(printable(text), style(label.padEnd(LABEL)), LABEL, pen);
}

/** The evidence of the verdict: the inputs that were read, the files that were not, and the number of findings. */
export function* runFacts(report: Report, pen: Pen): Iterable<string> {
  const { paint } = pen;
  const { inputs, packs, graphs, crosscuts } = report;
  yield* inputFacts(
    inputs.filter((input) => !isIdle(input)),
    "read",
    paint.dim,
    pen,
  );
  yield* inputFacts(inputs.filter(isIdle), "no evidence", paint.yellow, pen);
  for (const pack of packs) yield* fact("evidence", paint.dim, packInWords(pack), pen);
  for (const graph of graphs.slice(0, GRAPHS)) yield* fact("graph", paint.dim, graphInWords(graph), pen);
  if (graphs.length > GRAPHS)
    yield* fact("", paint.dim, `${graphs.length - GRAPHS} more graphs in the JSON and HTML reports`, pen);
  if (crosscuts.length > 0) yield* fact("crosscuts", paint.dim, crosscutsInWords(report), pen);
  yield* circumstances(report, pen);
  yield* fact("found", paint.dim, findingsInWords(report), pen);
}

/** A report that says the verdict alone, and what cannot be left out. */
export function* quietLines(report: Report, verdict: Iterable<string>, pen: Pen): Iterable<string> {
  for (const { label, text } of unaskedConditions(report)) yield* fact(label, pen.paint.yellow, text, pen);
  yield* verdict;
}

/** The unusual settings of the run, and the parts that were not checked. */
export function* circumstances(report: Report, pen: Pen): Iterable<string> {
  const { paint } = pen;
  for (const { label, text } of conditionsOf(report)) yield* fact(label, paint.yellow, text, pen);
  for (const error of report.errors)
    yield* fact(error.about ?? "not checked", paint.red.bold, errorInWords(error), pen);
  if (report.interrupted === true) yield* fact("interrupted", paint.yellow.bold, NOT_ALL_READ, pen);
}

function* inputFacts(
  inputs: readonly InputSummary[],
  label: string,
  style: ChalkInstance,
  pen: Pen,
): Iterable<string> {
  for (const input of inputs.slice(0, INPUTS))
    yield* fact(label, style, `${input.path}: ${recordsInWords(input)}`, pen);
  const rest = inputs.slice(INPUTS);
  if (rest.length === 0) return;
  const records = rest.reduce((sum, input) => sum + input.records, 0);
  yield* fact("", style, `${counted(rest.length, "more input")}: ${counted(records, "record")}`, pen);
}

/** A pack, with the files in it that were not read. */
function packInWords(pack: EvidencePack): string {
  const others = [
    ["read without a checksum", pack.withoutChecksum],
    ["only compared with a checksum", pack.checksumOnly],
    ["not checked", pack.notChecked],
  ] as const;
  const named = others.filter(([, files]) => files.length > 0);
  const parts = named.map(([what, files]) => `; ${what}: ${files.join(", ")}`);
  const version = versionInWords(pack);
  return `${pack.path}: ${checksumsInWords(pack)}${version === "" ? "" : `; ${version}`}${parts.join("")}`;
}

/** The totals of the graph_update events of one graph. */
function graphInWords({ graph_id, updates, nodes, edges, nodesBefore, edgesBefore }: GraphTotals): string {
  const totals = `${signed(nodes)} nodes, ${signed(edges)} edges in ${counted(updates, "update")}`;
  if (nodesBefore + edgesBefore === 0) return `${graph_id}: ${totals}`;
  const before = `${counted(nodesBefore, "node")} and ${counted(edgesBefore, "edge")}`;
  return `${graph_id}: ${totals}; at least ${before} before the log`;
}

/** The crosscuts that the mapping and the log show, and those that they do not. */
function crosscutsInWords({ crosscuts }: Report): string {
  const shown = crosscuts.filter(({ isBound }) => isBound);
  const others = crosscuts.filter((row) => !shown.includes(row)).map(({ crosscut }) => crosscut);
  const rest = others.length === 0 ? "" : `; not shown: ${others.join(", ")}`;
  return `${shown.length} of ${crosscuts.length} bound to areas and events${rest}`;
}

function errorInWords(error: RunError): string {
  return error.path === "" ? error.message : `${placeText(error)}: ${error.message}`;
}

/** The number of clauses by level and status. */
export function* clauseTable(report: Report, { paint }: Pen): Iterable<string> {
  const row = (head: string, cells: readonly string[]): string =>
    `${head}${cells.map((cell) => cell.padStart(8)).join("")}\n`;
  yield row(paint.bold("clauses".padEnd(16)), CLAUSE_LEVELS);
  for (const { status, counts } of coverageRows(report)) {
    const cells = counts.map((count) => (count === 0 ? "·" : thousands(count)));
    yield row(statusPaint(status, paint)(spaced(status).padEnd(16)), cells);
  }
}

function statusPaint(status: ClauseStatus, paint: ChalkInstance): ChalkInstance {
  if (status === "violated") return paint.red;
  if (status === "satisfied" || status === "attested") return paint.green;
  return status === "inconclusive" ? paint.yellow : paint.dim;
}

/** Attestations and open clauses: neither is a result. */
export function* clauseFacts(report: Report, pen: Pen): Iterable<string> {
  const { paint } = pen;
  const attested = report.clauses.filter(({ attestation }) => attestation !== undefined);
  for (const clause of attested) yield* fact("attested", paint.cyan, attestationInWords(clause), pen);
  if (attested.length > 0) yield* fact("", paint.dim, NOBODY_VERIFIED, pen);
  for (const { id, title, limits = "" } of limitedClauses(report))
    yield* fact("limits", paint.dim, `${id} ${title}: ${limits}`, pen);
  for (const reason of report.reservations.slice(0, RESERVATIONS))
    yield* fact("claim open", paint.yellow, reason, pen);
  for (const { id, title, reason, status } of openClauses(report))
    yield* fact("open", paint.yellow, `${id} ${title}: ${reason ?? spaced(status)}`, pen);
  for (const { id, title, reason, status } of openRecommendations(report))
    yield* fact("open SHOULD", paint.dim, `${id} ${title}: ${reason ?? spaced(status)}`, pen);
}

function attestationInWords({ id, title, attestation }: ClauseResult): string {
  const { statement = "", evidence = "", ...place } = attestation ?? {};
  return `${id} ${title}: "${statement}" (${evidence}; ${placeText(place)})`;
}
