import type { Activity } from "../../model/activity.js";
import { CLAIM_NAMES, type ClaimName } from "../../model/claim.js";
import {
  CLAUSE_STATUSES,
  type Clause,
  type ClauseStatus,
  countsByLevel,
  LEVELS,
  type Level,
} from "../../model/clause.js";
import type { Finding, Location } from "../../model/finding.js";
import { fingerprintOf } from "../../model/fingerprint.js";
import { isWhole, type Parts } from "../../model/part.js";
import type { Policy } from "../../model/policy.js";
import type {
  ClauseResult,
  ConfigurationSummary,
  EvidencePack,
  InputSummary,
  NotRead,
  ProtocolSummary,
  Report,
  RunError,
  Summary,
} from "../../model/report.js";
import { passedOverIn, reservationsOf } from "../../model/reservations.js";
import type {
  CrosscutRow,
  GraphTotals,
  PlacedAttestation,
  Position,
  RuleMeta,
  StatedRuntime,
} from "../../model/rule.js";
import { CLAIM_CLAUSES, nothingChecked, verdictOf } from "../../model/verdict.js";
import {
  type ClauseTally,
  comparePositions,
  type FindingGroup,
  type Ledger,
  type RawLocation,
} from "../ledger.js";
import type { Where } from "../passage.js";

/** Everything in a report that the ledger does not count. */
export interface ReportParts {
  readonly toolVersion: string;
  readonly protocol: ProtocolSummary;
  readonly inputs: readonly InputSummary[];
  readonly claims: readonly ClaimName[];
  readonly errors: readonly RunError[];
  readonly policy: Policy;
  /** True if the run was stopped before it had read everything. */
  readonly isInterrupted: boolean;
  /** True if the log was judged as one that covers the whole run. */
  readonly isComplete: boolean;
  /** True if the sender's values are masked. */
  readonly isRedacted: boolean;
  /** The parts of the log that were read. */
  readonly parts: Parts;
  readonly packs: readonly EvidencePack[];
  /** Sorted by path. */
  readonly notRead: readonly NotRead[];
  readonly configuration?: ConfigurationSummary | undefined;
  /** The runtimes that mappings name. */
  readonly runtimes: readonly (StatedRuntime & { readonly at: Position })[];
  readonly graphs: readonly GraphTotals[];
  readonly crosscuts: readonly CrosscutRow[];
  readonly activity: Activity | undefined;
  readonly clauses: readonly Clause[];
  readonly rules: readonly RuleMeta[];
  /** Names the documents that contain the clauses. */
  readonly documents: Readonly<Record<Clause["document"], string>>;
  readonly whereIs: (at: Position) => Where;
  /** Clauses that the loaded protocol files test only in part, each with the reason. */
  readonly incomplete: ReadonlyMap<string, string>;
}

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

const NEVER_TESTED: ClauseTally = { checked: 0, violations: 0, waived: 0 };

/** The clauses whose condition holds, since a clause that needs the same was tested or left open. */
function conditionsMet({ tallies }: Ledger, clauses: readonly Clause[]): ReadonlySet<Clause> {
  const isTested = (id: string): boolean => {
    const { checked, open } = tallies.get(id) ?? NEVER_TESTED;
    return checked > 0 || open !== undefined;
  };
  const conditions = new Set(clauses.flatMap(({ id, when }) => (isTested(id) ? (when ?? []) : [])));
  const isMet = ({ when, metWith }: Clause): boolean =>
    when !== undefined && (conditions.has(when) || (metWith !== undefined && isTested(metWith)));
  return new Set(clauses.filter(isMet));
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

/**
 * Sorts findings that count before waived ones; then by level, by catalogue order of their first clause, by place, and
 * by what is the same whoever found them first.
 */
function findingsOf(ledger: Ledger, parts: ReportParts): Finding[] {
  const { clauses } = parts;
  const order = new Map(clauses.map((clause, index) => [clause.id, index]));
  const rules = new Map(parts.rules.map(({ id }, index) => [id, index]));
  const rank = (group: FindingGroup): number =>
    (group.waiver === undefined ? 0 : LEVELS.length * clauses.length) +
    LEVELS.indexOf(group.level) * clauses.length +
    (order.get(group.clauses[0] ?? "") ?? 0);
  const compare = (a: FindingGroup, b: FindingGroup): number =>
    rank(a) - rank(b) ||
    comparePlaces(a.locations[0] ?? NOWHERE, b.locations[0] ?? NOWHERE) ||
    (rules.get(a.rule) ?? 0) - (rules.get(b.rule) ?? 0) ||
    (a.locations[0]?.turn ?? 0) - (b.locations[0]?.turn ?? 0);
  return [...ledger.groups.values()].sort(compare).map((group) => ({
    rule: group.rule,
    clauses: group.clauses,
    level: group.level,
    message: group.message,
    ...(group.hint !== undefined && { hint: group.hint }),
    fingerprint: fingerprintOf(group),
    ...(group.waiver !== undefined && { waiver: group.waiver }),
    ...(group.ownLevel !== undefined && { ownLevel: group.ownLevel }),
    count: group.count,
    locations: group.locations.map((location) => locationOf(location, parts)),
    related: group.related.flat().map((location) => locationOf(location, parts)),
  }));
}

const NOWHERE: RawLocation = { at: { input: 0, line: 0 } };

/**
 * Compares records first, then the columns known at the first reading. Columns that a second reading found are
 * ignored: some inputs cannot be read twice, and the order must be the same for all.
 */
function comparePlaces(a: RawLocation, b: RawLocation): number {
  const [columnA, columnB] = [firstColumnOf(a), firstColumnOf(b)];
  const byRecord = comparePositions(a.at, b.at) || (columnA ?? 0) - (columnB ?? 0);
  if (byRecord !== 0 || columnA !== undefined || columnB !== undefined) return byRecord;
  const [pointerA = "", pointerB = ""] = [a.pointer, b.pointer];
  return pointerA < pointerB ? -1 : Number(pointerA > pointerB);
}

function firstColumnOf({ column, isLate }: RawLocation): number | undefined {
  return isLate === true ? undefined : column;
}

/** What the report says if parts of the log are missing, or may be. */
function missingParts({ range, unaccounted }: Parts): Pick<Report, "unaccountedStates" | "onlyParts"> {
  return {
    ...(unaccounted !== undefined && { unaccountedStates: unaccounted }),
    ...(range !== undefined && !isWhole(range) && { onlyParts: range }),
  };
}

function locationOf(
  { at, excerpt, isLate: _isLate, turn: _turn, differsFrom, ...rest }: RawLocation,
  { whereIs }: ReportParts,
): Location {
  return {
    ...whereIs(at),
    ...rest,
    ...(differsFrom !== undefined && rest.column === undefined && { differsFrom: whereIs(differsFrom) }),
    ...(excerpt !== undefined && {
      excerpt: { ...excerpt, line: whereIs({ ...at, line: excerpt.line }).line },
    }),
  };
}

function clauseResult(clause: Clause, tally: ClauseTally | undefined, parts: ReportParts): ClauseResult {
  const { id, title, level, evidence } = clause;
  const { checked = 0, violations = 0, waived = 0, witness } = tally ?? {};
  const { status, reason } = statusOf(clause, tally ?? { checked, violations, waived }, parts);
  return {
    id,
    title,
    evidenceKind: evidence,
    source: `${parts.documents[clause.document]} ${clause.section}, ${clause.sectionTitle}`,
    level,
    status,
    checked,
    violations,
    ...(waived > 0 && { waived }),
    ...(witness !== undefined && { witness: lineAt(witness, parts) }),
    ...(reason !== undefined && { reason }),
    ...(status === "satisfied" && tally?.limits !== undefined && { limits: tally.limits }),
    ...(status === "attested" && tally?.attestation !== undefined && attested(tally.attestation, parts)),
  };
}

/** If evidence came without a log, an open clause about events gives the missing log as its reason. */
function withoutLog({ evidence }: Clause, result: ClauseResult): ClauseResult {
  const isOpen = result.status === "not-exercised" || result.status === "inconclusive";
  if (!isOpen || (evidence !== "event" && evidence !== "log")) return result;
  return { ...result, reason: "no event log is among the inputs: name one among the paths" };
}

function lineAt(at: Position, { whereIs }: ReportParts): Pick<Where, "path" | "line"> {
  const { path, line } = whereIs(at);
  return { path, line };
}

function attested(
  { statement, evidence, sha256, at }: PlacedAttestation,
  parts: ReportParts,
): Pick<ClauseResult, "attestation"> {
  return {
    attestation: {
      statement,
      evidence,
      ...(sha256 !== undefined && { evidenceDigest: `sha256:${sha256}` }),
      ...lineAt(at, parts),
    },
  };
}

function statusOf(
  clause: Clause,
  { checked, violations, waived, isMet, open, unshown, attestation, unattested }: ClauseTally,
  parts: ReportParts,
): { status: ClauseStatus; reason?: string } {
  if (violations > 0) return { status: "violated" };
  const lacking = parts.incomplete.get(clause.id);
  const isClaimed = parts.claims.some((claim) => CLAIM_CLAUSES[claim].includes(clause.id));
  const unmet = { status: "not-applicable", reason: `it applies when: ${clause.when}` } as const;
  // A weakness of a claim that nobody made is worth a note, but leaves no clause open.
  if (checked + waived === 0 && bindsNobody(clause.when, parts.claims)) return unmet;
  if (open !== undefined) return { status: "inconclusive", reason: open };
  if (checked + waived > 0 && lacking !== undefined) return { status: "inconclusive", reason: lacking };
  if (waived > 0) return { status: "waived", reason: "all that breaks it has been waived" };
  if (checked > 0) return { status: "satisfied" };
  if (attestation !== undefined && unshown === undefined) return { status: "attested" };
  if (unattested !== undefined) return { status: "inconclusive", reason: unattested };
  if (isClaimed || isDemanded(clause.when, parts.claims))
    return {
      status: "inconclusive",
      reason: unshown ?? clause.supply ?? "claimed, but nothing in the evidence shows it",
    };
  if (unshown !== undefined) return { status: "not-exercised", reason: unshown };
  if (clause.when !== undefined && isMet !== true) return unmet;
  return { status: "not-exercised", reason: "nothing in the input puts it to the test" };
}

/** True if a claim that was made fulfils the condition. */
function isDemanded(when: string | undefined, claims: readonly ClaimName[]): boolean {
  return claims.some((claim) => when?.includes(conditionOf(claim)) === true);
}

/** True if the condition is a claim that was not made. */
function bindsNobody(when: string | undefined, claims: readonly ClaimName[]): boolean {
  return CLAIM_NAMES.some((claim) => when === conditionOf(claim) && !claims.includes(claim));
}

/** The condition of clauses that apply to whoever makes a claim. */
function conditionOf(claim: ClaimName): string {
  return `claim ${claim}`;
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
