import type { FindingLevel } from "../model/clause.js";
import { fingerprintDigest } from "../model/fingerprint.js";
import { printable, safeJson } from "../model/printable.js";
import type { Report, RunError } from "../model/report.js";
import { type Condition, conditionsOf } from "./shared/conditions.js";
import { type ListedFinding, listedFindings } from "./shared/listed.js";
import { slashed } from "./shared/paths.js";
import { wordingOf } from "./shared/wording.js";

/** One MUST violation is enough to rule out conformance. */
const SEVERITIES = {
  MUST: "blocker",
  SHOULD: "minor",
  MAY: "info",
  NOTE: "info",
} as const satisfies Record<FindingLevel, string>;

/** An entry of a Code Quality report, as GitLab documents it. */
interface CodeQualityEntry {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: (typeof SEVERITIES)[FindingLevel];
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/**
 * GitLab Code Quality: an entry for each listed place of a finding, for each gap and for unusual settings. It has no
 * place for clauses; the junit format has them.
 */
export function* renderGitlab(report: Report): Iterable<string> {
  const entries = [
    ...report.errors.map(errorEntry),
    ...Array.from(listedFindings(report.findings), findingEntry),
    ...[...report.reservations.map(reservationOf), ...conditionsOf(report)].map(conditionEntry),
  ];
  yield `${safeJson(entries, 2)}\n`;
}

function findingEntry(place: ListedFinding): CodeQualityEntry {
  const { finding, location, ordinal } = place;
  const { rule, clauses, level, waiver, fingerprint } = finding;
  const path = slashed(location.path);
  return {
    description: printable(`${clauses.join(", ")}: ${wordingOf(place)}`),
    check_name: printable(rule),
    fingerprint: fingerprintDigest([fingerprint, path, ordinal]),
    // GitLab would show a waived finding as fixed if it were left out.
    severity: waiver === undefined ? SEVERITIES[level] : "info",
    location: { path: printable(path), lines: { begin: location.line } },
  };
}

function reservationOf(text: string): Pick<Condition, "text"> & { readonly label: string } {
  return { label: "claim open", text };
}

/** GitLab requires a file: without one, the entry names the folder in which the run started. */
function conditionEntry({
  label,
  text,
  path = ".",
}: Omit<Condition, "label"> & { label: string }): CodeQualityEntry {
  return {
    description: printable(`${label}: ${text}`),
    check_name: "condition",
    fingerprint: fingerprintDigest(["condition", label, text]),
    severity: "info",
    location: { path: printable(slashed(path)), lines: { begin: 1 } },
  };
}

function errorEntry({ about, path, line = 1, message }: RunError, index: number): CodeQualityEntry {
  return {
    description: printable(`${about ?? "not checked"}: ${message}`),
    check_name: "not-checked",
    fingerprint: fingerprintDigest(["not-checked", path, line, message, index]),
    severity: "blocker",
    location: { path: printable(slashed(path)), lines: { begin: line } },
  };
}
