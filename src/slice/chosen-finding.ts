import type { Finding } from "../model/finding.js";
import type { ShownReport } from "../model/shown.js";
import { SliceError } from "./slice-error.js";

/** Shorter beginnings of a fingerprint are refused: they may be words. */
const SHORTEST_BEGINNING = 4;
const MOST_NAMED = 20;
const NAMED_DIGITS = 12;

/**
 * The finding that a user names: by its fingerprint, a beginning of it, its rule, or one of its clauses.
 *
 * @throws SliceError if there is none, or several; the message lists what there is
 */
export function chosenFinding(report: ShownReport, wanted: string): Finding {
  const { findings } = report;
  if (findings.length === 0) throw new SliceError(noFinding(report).join("\n"));
  const word = wanted.trim().toLowerCase();
  const found = distinct(findings.filter((finding) => isNamedBy(finding, word)));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const [problem, named] =
    only === undefined ? [unknown(wanted), findings] : [`${wanted} may be any of`, found];
  throw new SliceError([`${problem}:`, ...choices(distinct(named))].join("\n"));
}

/** Nobody may think that a log is clean that was not read. */
function noFinding({ errors, inputs }: ShownReport): readonly string[] {
  const unread = errors.map(({ path, message }) => `${path}: ${message}`);
  if (unread.length === 0) return ["the log has no finding"];
  const wasRead = inputs.some(({ records }) => records > 0);
  return [...(wasRead ? ["what could be read of the log has no finding"] : []), ...unread];
}

function unknown(wanted: string): string {
  return wanted === "" ? "name one of these with --finding" : `no finding is called ${wanted}; there are`;
}

function isNamedBy({ fingerprint, rule, clauses }: Finding, word: string): boolean {
  if (rule === word || clauses.some((clause) => clause.toLowerCase() === word)) return true;
  return word.length >= SHORTEST_BEGINNING && fingerprint.startsWith(word);
}

/** Findings at two levels, or with two hints, may share a fingerprint. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const first = new Map<string, Finding>();
  for (const finding of findings)
    if (!first.has(finding.fingerprint)) first.set(finding.fingerprint, finding);
  return [...first.values()];
}

function choices(findings: readonly Finding[]): readonly string[] {
  const more = findings.length - MOST_NAMED;
  return [
    ...findings.slice(0, MOST_NAMED).map(choice),
    ...(more > 0 ? [`  and ${more} more: a report in JSON lists the fingerprint of each`] : []),
  ];
}

function choice({ fingerprint, rule, message, locations: [first] }: Finding): string {
  const place = first === undefined ? "" : `, first at ${first.path}:${first.line}`;
  return `  ${fingerprint.slice(0, NAMED_DIGITS)}  ${rule}: ${message}${place}`;
}
