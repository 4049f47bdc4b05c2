import { ArgumentError } from "./arguments.js";
import type { ClaimName } from "./claim.js";
import type { ClauseStatus, FailOn, FindingLevel } from "./clause.js";
import type { ClauseResult, InputSummary, Report, Summary, Verdict } from "./report.js";
import { isAllowedEmpty, passedOverIn } from "./reservations.js";

/** MUST clauses that a claim adds to those that always apply. */
export const CLAIM_CLAUSES: Readonly<Record<ClaimName, readonly string[]>> = {
  runtime: ["PS-4.2-2", "PS-4.2-3", "RG-7.1-1", "RG-7.1-2", "RG-7.1-3", "RG-7.1-4"],
  integration: ["IS-4.3-1", "IS-4.3-2"],
};

/** Facts that decide the verdict besides the clauses. */
export interface Grounds {
  /** True if `nothingChecked` gives undefined and the run was complete. */
  readonly wasChecked: boolean;
  /** True if `passedOverIn` gives any reason. */
  readonly hasPassedOver: boolean;
  /** True if `reservationsOf` gives any reason. */
  readonly hasReservations: boolean;
}

/**
 * The verdict over all clauses. Without violations, it is inconclusive if nothing was checked, events were left
 * unjudged, or a log has no record. A claim is inconclusive if it has reservations, or a MUST clause is neither
 * satisfied nor attested.
 */
export function verdictOf(
  clauses: readonly ClauseResult[],
  claims: readonly ClaimName[],
  { wasChecked, hasPassedOver, hasReservations }: Grounds,
): Verdict {
  const musts = clauses.filter((clause) => clause.level === "MUST");
  if (musts.some((clause) => clause.status === "violated")) return "nonconformant";
  if (!wasChecked || hasPassedOver) return "inconclusive";
  const isWaived = musts.some(({ waived = 0 }) => waived > 0);
  if (claims.length === 0) return isWaived ? "no-violations-found-with-waivers" : "no-violations-found";
  if (hasReservations || !musts.every(isShown)) return "inconclusive";
  return isWaived ? "conformant-with-waivers" : "conformant";
}

/** Why nothing was checked, or nothing of the inputs given as logs; otherwise undefined. */
export function nothingChecked({ inputs, summary }: Checked): string | undefined {
  if (summary.evidence === 0) return "no record can be checked against a clause of MPLP";
  if (summary.events > 0 || !inputs.some(isForeignLog)) return undefined;
  return "no record of the log was recognised as an MPLP record";
}

interface Checked {
  readonly inputs: readonly InputSummary[];
  readonly summary: Pick<Summary, "events" | "evidence">;
}

/** Folders hold documents of all sorts; any other file is expected to be a log. */
const DOCUMENT = /\.(?:json|ya?ml|mdx?|markdown)(?:\.(?:gz|zst))?$/i;

function isForeignLog({ kind, path }: InputSummary): boolean {
  return kind === "unrecognised" && !DOCUMENT.test(path);
}

/** True if the clause does not prevent a claim. */
function isShown(clause: ClauseResult): boolean {
  return SHOWN.includes(clause.status);
}

const SHOWN: readonly ClauseStatus[] = ["satisfied", "attested", "waived", "not-applicable"];

/** The claimed MUST clauses that the evidence does not demonstrate; empty without a claim. */
export function undemonstrated(report: Report): readonly ClauseResult[] {
  if (report.claims.length === 0) return [];
  return report.clauses.filter(
    (clause) => clause.level === "MUST" && clause.status !== "violated" && !isShown(clause),
  );
}

/** The MUST clauses that stay open although the input or a claim requires them. */
export function openClauses(report: Report): readonly ClauseResult[] {
  if (report.claims.length > 0) return undemonstrated(report);
  return report.clauses.filter(({ level, status }) => level === "MUST" && status === "inconclusive");
}

/** The SHOULD clauses that the evidence leaves open. */
export function openRecommendations(report: Report): readonly ClauseResult[] {
  return report.clauses.filter(({ level, status }) => level === "SHOULD" && status === "inconclusive");
}

/** The satisfied clauses with a limited check. */
export function limitedClauses(report: Report): readonly ClauseResult[] {
  return report.clauses.filter(({ limits, status }) => limits !== undefined && status === "satisfied");
}

export const FAILING: Readonly<Record<FailOn, readonly FindingLevel[]>> = {
  must: ["MUST"],
  should: ["MUST", "SHOULD"],
  may: ["MUST", "SHOULD", "MAY"],
  none: [],
};

export const FAIL_ON = Object.keys(FAILING) as readonly FailOn[];

const CONFORMANT: readonly Verdict[] = ["conformant", "conformant-with-waivers"];

/** 0 nothing at or above failOn, 1 violations, 2 could not check, 3 inconclusive. 2 wins over 1, 1 over 3. */
export type ExitCode = 0 | 1 | 2 | 3;

/**
 * The exit code of a report, decided only here.
 *
 * @throws ArgumentError if there is no such level
 */
export function exitCodeOf(report: Report, failOn: FailOn = report.failOn ?? "must"): ExitCode {
  if (!FAIL_ON.includes(failOn))
    throw new ArgumentError(`there is no level ${String(failOn)}: failOn is one of ${FAIL_ON.join(", ")}`);
  if (report.errors.length > 0) return 2;
  // A report made of states may count violations whose findings it does not list.
  if (report.verdict === "nonconformant" && FAILING[failOn].includes("MUST")) return 1;
  const counting = report.findings.filter(({ waiver }) => waiver === undefined);
  if (counting.some((finding) => FAILING[failOn].includes(finding.level))) return 1;
  const isShort = report.claims.length > 0 && !CONFORMANT.includes(report.verdict);
  const wasChecked = nothingChecked(report) === undefined || isAllowedEmpty(report);
  const isOpen = !wasChecked || passedOverIn(report.inputs).length > 0;
  return isOpen || isShort ? 3 : 0;
}
