import {
  CLAUSE_STATUSES,
  type Clause,
  type ClauseStatus,
  countsByLevel,
  type Level,
} from "../../model/clause.js";
import type { Finding } from "../../model/finding.js";
import { isWhole, type Parts } from "../../model/part.js";
import type { ClauseResult, InputSummary, Report, Summary } from "../../model/report.js";
import { passedOverIn, reservationsOf } from "../../model/reservations.js";
import { nothingChecked, verdictOf } from "../../model/verdict.js";
import type { Ledger } from "../ledger.js";
import { clauseResult, conditionsMet, lineAt, NEVER_TESTED, withoutLog } from "./clause-results.js";
import { findingsOf } from "./listed-findings.js";
import type { ReportParts } from "./report-parts.js";

/** A report lists no more unread files than this. */
const MAX_NOT_READ = 200;

/** Turns the final ledger into the report. The same ledger and parts always give the same report. */
export function buildReport(ledger: Ledger, parts: ReportParts): Report {
  const findings = findingsOf(ledger, parts);
  const events = parts.inputs.reduce((sum, { recognised }) => sum + eventsIn(recognised), 0);
  const met = conditionsMet(ledger, parts.clauses);
  const clauses = parts.clauses.map((clause) => {
    const own = ledger.tallies.get(clause.id);
    const tally = met.has(clause) ? { ...NEVER_TESTED, ...own, isMet: true as const } : own;
    const result = clauseResult(clause, tally, parts);
    return events > 0 || tally?.open !== undefined ? result : withoutLog(clause, result);
  });
  const evidence = wasTested(ledger, parts.clauses)
    ? parts.inputs.reduce((sum, { recognised }) => sum + evidenceIn(recognised), 0)
    : 0;
  const isChecked = nothingChecked({ inputs: parts.inputs, summary: { events, evidence } }) === undefined;
  const missing = missingParts(parts.parts);
  const reservations = parts.claims.length === 0 ? [] : reservationsOf({ ...parts, ...missing });
  const notices = parts.isInterrupted ? [] : (parts.policy.noticesAbout?.(findings) ?? []);
  const used = new Set(findings.map((finding) => finding.rule));
  return {
    schemaVersion: 1,
    tool: { name: "mplp-check", version: parts.toolVersion },
    protocol: parts.protocol,
    inputs: parts.inputs,
    claims: parts.claims,
    verdict: verdictOf(clauses, parts.claims, {
      wasChecked: isChecked && !parts.isInterrupted,
      hasPassedOver: passedOverIn(parts.inputs).length > 0,
      hasReservations: reservations.length > 0,
    }),
    ...(parts.isInterrupted && { interrupted: true }),
    ...(parts.isComplete && { complete: true }),
    ...(parts.isRedacted && { redacted: true }),
    ...missing,
    clauses,
    findings,
    // A waiver without a match may belong to findings that an interrupted run has not reached.
    errors: parts.isInterrupted ? parts.errors : [...parts.errors, ...parts.policy.complaintsAbout(findings)],
    ...(notices.length > 0 && { notices }),
    packs: parts.packs,
    notRead: parts.notRead.slice(0, MAX_NOT_READ),
    ...(parts.configuration !== undefined && { configuration: parts.configuration }),
    ...(parts.runtimes.length > 0 && {
      runtimes: parts.runtimes.map(({ at, ...runtime }) => ({ ...runtime, ...lineAt(at, parts) })),
    }),
    reservations,
    graphs: parts.graphs,
    crosscuts: parts.crosscuts,
    ...(parts.activity !== undefined && { activity: parts.activity }),
    summary: { events, evidence, notRead: parts.notRead.length, ...summaryOf(findings, clauses) },
    rules: parts.rules
      .filter(({ id }) => used.has(id))
      .map(({ id, title, why, fix }) => ({ id, title, why, fix })),
  };
}

export function eventsIn(recognised: InputSummary["recognised"]): number {
  return recognised.event + recognised["integration-event"] + recognised["profile-event"];
}

/** True if a clause of the protocol at MUST or SHOULD level was tested. IN clauses are our own and do not count. */
function wasTested({ tallies }: Ledger, clauses: readonly Clause[]): boolean {
  return clauses.some(({ id, document, level }) => {
    const { checked = 0, violations = 0, waived = 0 } = tallies.get(id) ?? {};
    return document !== "IN" && level !== "MAY" && checked + violations + waived > 0;
  });
}

/** Number of records of the kinds that the protocol defines. */
function evidenceIn(recognised: InputSummary["recognised"]): number {
  const { "learning-sample": samples = 0, snapshot = 0, mapping = 0 } = recognised;
  return eventsIn(recognised) + samples + snapshot + mapping;
}

/** What the report says if parts of the log are missing, or may be. */
function missingParts({ range, unaccounted }: Parts): Pick<Report, "unaccountedStates" | "onlyParts"> {
  return {
    ...(unaccounted !== undefined && { unaccountedStates: unaccounted }),
    ...(range !== undefined && !isWhole(range) && { onlyParts: range }),
  };
}

function summaryOf(
  findings: readonly Finding[],
  clauses: readonly ClauseResult[],
): Pick<Summary, "byLevel" | "coverage" | "waived"> {
  const byLevel = countsByLevel();
  for (const { level, count, waiver } of findings) if (waiver === undefined) byLevel[level] += count;
  const waived = findings.reduce((sum, { count, waiver }) => sum + (waiver === undefined ? 0 : count), 0);
  const count = (level: Level, status: ClauseStatus): number =>
    clauses.filter((clause) => clause.level === level && clause.status === status).length;
  const row = (level: Level) =>
    Object.fromEntries(CLAUSE_STATUSES.map((status) => [status, count(level, status)])) as Record<
      ClauseStatus,
      number
    >;
  return {
    byLevel,
    ...(waived > 0 && { waived }),
    coverage: { MUST: row("MUST"), SHOULD: row("SHOULD"), MAY: row("MAY") },
  };
}
