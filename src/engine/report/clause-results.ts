import { CLAIM_NAMES, type ClaimName } from "../../model/claim.js";
import type { Clause, ClauseStatus } from "../../model/clause.js";
import type { ClauseResult } from "../../model/report.js";
import type { PlacedAttestation, Position } from "../../model/rule.js";
import { CLAIM_CLAUSES } from "../../model/verdict.js";
import type { ClauseTally, Ledger } from "../ledger.js";
import type { Where } from "../passage.js";
import type { ReportParts } from "./report-parts.js";

/** What is counted for a clause that no record has tested. */
export const NEVER_TESTED: ClauseTally = { checked: 0, violations: 0, waived: 0 };

/** The clauses whose condition holds, since a clause that needs the same was tested or left open. */
export function conditionsMet({ tallies }: Ledger, clauses: readonly Clause[]): ReadonlySet<Clause> {
  const isTested = (id: string): boolean => {
    const { checked, open } = tallies.get(id) ?? NEVER_TESTED;
    return checked > 0 || open !== undefined;
  };
  const conditions = new Set(clauses.flatMap(({ id, when }) => (isTested(id) ? (when ?? []) : [])));
  const isMet = ({ when, metWith }: Clause): boolean =>
    when !== undefined && (conditions.has(when) || (metWith !== undefined && isTested(metWith)));
  return new Set(clauses.filter(isMet));
}

/** What the report says of a clause. */
export function clauseResult(
  clause: Clause,
  tally: ClauseTally | undefined,
  parts: ReportParts,
): ClauseResult {
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
export function withoutLog({ evidence }: Clause, result: ClauseResult): ClauseResult {
  const isOpen = result.status === "not-exercised" || result.status === "inconclusive";
  if (!isOpen || (evidence !== "event" && evidence !== "log")) return result;
  return { ...result, reason: "no event log is among the inputs: name one among the paths" };
}

export function lineAt(at: Position, { whereIs }: ReportParts): Pick<Where, "path" | "line"> {
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
  if (waived > 0) return { status: "waived", reason: "every finding that violates it has been waived" };
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
  return { status: "not-exercised", reason: "nothing in the input tests it" };
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
