import { COMPARED } from "../engine/report/late-evidence.js";
import { DEFAULT_RECORD_LIMIT } from "../input/frame/blocks.js";
import { isSameFile } from "../input/open/same-file.js";
import type { Placing } from "../input/record/place.js";
import type { Unwrap } from "../model/carriers.js";
import type { Finding, Location } from "../model/finding.js";
import { firstDifference } from "../model/first-difference.js";
import type { Report } from "../model/report.js";
import type { ShownReport } from "../model/shown.js";
import type { LogRecord } from "../model/subject.js";
import { placingFor, unwrappingFor } from "./blocks/block-reader.js";
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
 * @throws errors of the file system
 */
export async function fillExcerpts(report: ShownReport, logs: readonly string[]): Promise<FilledReport> {
  const { protocol } = await loadProtocol({});
  const { placeOf } = placingFor({ redact: report.redacted === true }, protocol);
  const { files, strangers } = await filesOf(report, logs);
  const wanted = wantedIn(report.findings);
  const records = new Map<string, LogRecord>();
  for (const [path, file] of files) await gather(path, file, wanted.get(path), records, unwrapIn(report));
  const findings = report.findings.map((finding) => filled(finding, records, placeOf));
  const missing = [...wantedIn(findings).keys()].filter((path) => isInput(path, report));
  return { report: { ...report, findings } as ShownReport, strangers, missing };
}

/** The file of each input that is among the logs, by the input's path. */
async function filesOf({ inputs }: Report, logs: readonly string[]) {
  const files = new Map<string, string>();
  const strangers: string[] = [];
  for (const log of logs) {
    let isKnown = false;
    for (const { path, sha256, bytes } of inputs) {
      if (!(await isSameFile(log, { sha256, bytes }))) continue;
      isKnown = true;
      // Of two inputs with one name, nobody can tell which one a place is in.
      if (inputs.filter((input) => input.path === path).length === 1) files.set(path, log);
    }
    if (!isKnown) strangers.push(log);
  }
  return { files, strangers };
}

function isInput(path: string, { inputs }: Report): boolean {
  return inputs.some((input) => input.path === path);
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
  for await (const { line, before, record } of recordsOn(file, (each) => lines.has(each + 1), {
    limit: DEFAULT_RECORD_LIMIT,
    length: Number.POSITIVE_INFINITY,
    unwrapping: unwrappingFor(unwrap),
    index: undefined,
    onRead: () => undefined,
  })) {
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
  const { line, column, excerpt } = placeOf(record, pointer);
  const { path, record: number } = location;
  return {
    path,
    line: line + 1,
    ...(number !== undefined && { record: number }),
    pointer,
    column,
    excerpt: { ...excerpt, line: excerpt.line + 1 },
  };
}

function jsonOf(record: LogRecord | undefined): unknown {
  return record !== undefined && "value" in record ? record.value : undefined;
}
