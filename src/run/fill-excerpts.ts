import { COMPARED } from "../engine/report/late-evidence.js";
import { placesIn } from "../engine/report/place-set.js";
import { DEFAULT_RECORD_LIMIT } from "../input/frame/blocks.js";
import { fileSize } from "../input/open/file-mark.js";
import { sha256Of } from "../input/open/same-file.js";
import type { Placing } from "../input/record/place.js";
import type { Wholes } from "../input/record/whole-text.js";
import type { Unwrap } from "../model/carriers.js";
import type { Finding, Location } from "../model/finding.js";
import { firstDifference } from "../model/first-difference.js";
import type { Context, Report, Stretch } from "../model/report.js";
import type { ShownReport } from "../model/shown.js";
import type { LogRecord } from "../model/subject.js";
import { placingFor, unwrappingFor } from "./blocks/block-reader.js";
import { ContextPlaces } from "./context.js";
import { loadProtocol } from "./protocol/load-protocol.js";
import { recordsOn } from "./records-at.js";

/** A report with more excerpts than before. */
export interface FilledReport {
  readonly report: ShownReport;
  /** Logs that are no input of the report: none has the same bytes. */
  readonly strangers: readonly string[];
  /** Inputs with places that still lack their excerpt. */
  readonly missing: readonly string[];
}

/**
 * Finds columns and excerpts of the findings that only the whole log shows, for a report that was written where the
 * logs were not. A log is known by its bytes, whatever it is called. A redacted report stays redacted.
 *
 * @param report as `parseReport` gives it
 * @param neighbours puts whole records into the report, as `context` of a check does; default: none
 * @throws errors of the file system
 */
export async function fillExcerpts(
  report: ShownReport,
  logs: readonly string[],
  neighbours?: number,
): Promise<FilledReport> {
  const { protocol } = await loadProtocol({});
  const placing = placingFor({ redact: report.redacted === true }, protocol);
  const { files, strangers } = await filesOf(report, logs);
  const wanted = wantedIn(report.findings);
  const records = new Map<string, LogRecord>();
  for (const [path, file] of files) await gather(path, file, wanted.get(path), records, unwrapIn(report));
  const findings = report.findings.map((finding) => filled(finding, records, placing.placeOf));
  const inputs = new Set(report.inputs.map(({ path }) => path));
  const missing = [...wantedIn(findings).keys()].filter((path) => inputs.has(path));
  const completed = { ...report, findings } as ShownReport;
  if (neighbours === undefined) return { report: completed, strangers, missing };
  const context = await contextOf(completed, files, placing, neighbours);
  return { report: { ...completed, context }, strangers, missing };
}

async function contextOf(
  report: Report,
  files: ReadonlyMap<string, string>,
  wholes: Wholes,
  neighbours: number,
): Promise<Context> {
  const places = new ContextPlaces(report.findings, neighbours);
  const { paths } = places;
  const stretches: Stretch[] = [];
  for (const { path, kind } of report.inputs) {
    const file = files.get(path);
    if (file === undefined || kind === "mapping" || !paths.has(path)) continue;
    const lines = places.linesIn(path);
    const records = recordsOn(file, placesIn(lines), partOf(unwrapIn(report)));
    stretches.push(...(await places.stretchesIn(path, records, wholes)));
  }
  return places.contextOf(stretches);
}

/** A whole file about which nothing is known. */
function partOf(unwrap: Unwrap): Parameters<typeof recordsOn>[2] {
  return {
    limit: DEFAULT_RECORD_LIMIT,
    length: Number.POSITIVE_INFINITY,
    unwrapping: unwrappingFor(unwrap),
    index: undefined,
    onRead: () => undefined,
  };
}

/** The file of each input that is among the logs, by the input's path. */
async function filesOf({ inputs }: Report, logs: readonly string[]) {
  const files = new Map<string, string>();
  const strangers: string[] = [];
  const names = new Map<string, number>();
  for (const { path } of inputs) names.set(path, (names.get(path) ?? 0) + 1);
  for (const log of logs) {
    const size = fileSize(log);
    const alike = inputs.filter(({ bytes }) => bytes === size);
    const sha256 = alike.length === 0 ? "" : await sha256Of(log);
    const own = alike.filter((input) => input.sha256 === sha256);
    if (own.length === 0) strangers.push(log);
    // If two inputs have the same name, nothing says which one a place is in.
    for (const { path } of own) if (names.get(path) === 1) files.set(path, log);
  }
  return { files, strangers };
}

/** A pointer that records were taken out by; the names of carriers are found again without one. */
function unwrapIn({ inputs }: Report): Unwrap {
  const names = inputs.flatMap(({ carrier = {} }) => Object.keys(carrier));
  return (names.find((name) => name.startsWith("/")) as Unwrap | undefined) ?? "auto";
}

type Place = Pick<Location, "path" | "line" | "record">;

function isWanting({ column, absent, pointer }: Location): boolean {
  return column === undefined && absent === undefined && pointer !== undefined;
}

/** The lines, by the path of their input, whose records are wanted. Lines are counted from 1. */
function wantedIn(findings: readonly Finding[]): ReadonlyMap<string, ReadonlySet<number>> {
  const wanted = new Map<string, Set<number>>();
  const want = ({ path, line }: Place): void => {
    wanted.set(path, (wanted.get(path) ?? new Set()).add(line));
  };
  for (const { locations, related } of findings)
    for (const location of [...locations, ...related].filter(isWanting)) {
      want(location);
      if (location.differsFrom !== undefined) want(location.differsFrom);
    }
  return wanted;
}

async function gather(
  path: string,
  file: string,
  lines: ReadonlySet<number> = new Set(),
  records: Map<string, LogRecord>,
  unwrap: Unwrap,
): Promise<void> {
  if (lines.size === 0) return;
  const last = Math.max(...lines);
  const wanted = placesIn([...lines].map((line) => line - 1));
  for await (const { line, before, record } of recordsOn(file, wanted, partOf(unwrap))) {
    if (line >= last) return;
    if (lines.has(line + 1))
      records.set(nameOf({ path, line: line + 1, record: before + 1 }), { ...record, line });
  }
}

function nameOf({ path, line, record = 1 }: Place): string {
  return `${line} ${record} ${path}`;
}

function filled(
  finding: Finding,
  records: ReadonlyMap<string, LogRecord>,
  placeOf: Placing["placeOf"],
): Finding {
  const fill = (location: Location): Location => {
    const record = isWanting(location) ? records.get(nameOf(location)) : undefined;
    return record === undefined ? location : placed(location, record, records, placeOf);
  };
  return { ...finding, locations: finding.locations.map(fill), related: finding.related.map(fill) };
}

function placed(
  { differsFrom, ...location }: Location,
  record: LogRecord,
  records: ReadonlyMap<string, LogRecord>,
  placeOf: Placing["placeOf"],
): Location {
  const other = differsFrom && records.get(nameOf(differsFrom));
  if (differsFrom !== undefined && other === undefined) return { ...location, differsFrom };
  const isComparable = [record, other].every((each) => each !== undefined && each.text.length <= COMPARED);
  const difference = isComparable ? firstDifference(jsonOf(record), jsonOf(other)) : undefined;
  const pointer = difference ?? location.pointer ?? "";
  const { line, excerpt, ...place } = placeOf(record, pointer);
  const { path, record: number } = location;
  return {
    path,
    line: line + 1,
    ...(number !== undefined && { record: number }),
    pointer,
    ...place,
    excerpt: { ...excerpt, line: excerpt.line + 1 },
  };
}

function jsonOf(record: LogRecord | undefined): unknown {
  return record !== undefined && "value" in record ? record.value : undefined;
}
