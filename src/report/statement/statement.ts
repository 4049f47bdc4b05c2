import { type OptionShapes, refuseOptions, TEXT } from "../../model/arguments.js";
import type { ClauseStatus, FindingLevel, Level } from "../../model/clause.js";
import type { Finding } from "../../model/finding.js";
import type { ClauseResult, Report } from "../../model/report.js";
import type { ShownReport } from "../../model/shown.js";
import { limitedClauses } from "../../model/verdict.js";
import { verdictSentence } from "../../model/verdict-sentence.js";
import { conditionsOf } from "../shared/conditions.js";
import { reproducingCommand } from "./reproducing-command.js";

/** What a vendor says about the product; no report knows it. */
export interface StatedProduct {
  readonly product: string;
  readonly version: string;
  /** Where readers may ask: an address of any kind. */
  readonly contact: string;
  /** The day of the statement: YYYY-MM-DD. */
  readonly date?: string | undefined;
  /** The last day on which the statement holds: YYYY-MM-DD. */
  readonly validUntil: string;
}

const PRODUCT_SHAPES: OptionShapes<StatedProduct> = {
  product: TEXT,
  version: TEXT,
  contact: TEXT,
  date: TEXT,
  validUntil: TEXT,
};

/** A statement of conformance: what schemas/statement.schema.json describes. */
export type Statement = Readonly<Record<string, unknown>>;

/**
 * The statement that a report allows; `refusalsOf` says if it does.
 *
 * @param reportDigest SHA-256 of the report's file, in hexadecimal digits
 * @throws ArgumentError if `about` has a member that a product does not have
 */
export function statementOf(report: ShownReport, about: StatedProduct, reportDigest: string): Statement {
  refuseOptions(about, PRODUCT_SHAPES);
  const { tool, protocol, claims, verdict, inputs } = report;
  return {
    statement: 1,
    product: about.product,
    version: about.version,
    contact: about.contact,
    ...(about.date !== undefined && { date: about.date }),
    "valid-until": about.validUntil,
    protocol: { name: "MPLP", version: protocol.version, rules: protocol.source, digest: protocol.digest },
    claims,
    verdict,
    summary: verdictSentence(report),
    counts: countsOf(report),
    "not-demonstrated": report.clauses.filter(isNotDemonstrated).map(undemonstratedClause),
    "tested-in-part": limitedClauses(report).map(({ id, limits }) => ({ clause: id, limits })),
    waivers: report.findings.filter(isWaived).map(waivedFinding),
    conditions: conditionsOf(report).map(({ label, text }) => ({ about: label, says: text })),
    inputs: inputs.map(({ path, kind, bytes, sha256 }) => ({ path, kind, bytes, sha256 })),
    report: { "schema-version": report.schemaVersion, sha256: reportDigest },
    tool: { name: tool.name, version: tool.version },
    reproduce: reproducingCommand(report),
  };
}

function countsOf({ summary, inputs }: Report): object {
  const { events, evidence, notRead, byLevel, waived = 0, coverage } = summary;
  const clauses = Object.entries(coverage).map(([level, statuses]) => [level, withoutZeros(statuses)]);
  return {
    inputs: inputs.length,
    "files-not-read": notRead,
    events,
    evidence,
    findings: byLevel satisfies Readonly<Record<FindingLevel, number>>,
    waived,
    clauses: Object.fromEntries(clauses) as Readonly<Record<Level, object>>,
  };
}

function withoutZeros(statuses: Readonly<Partial<Record<ClauseStatus, number>>>): object {
  return Object.fromEntries(Object.entries(statuses).filter(([, count]) => count > 0));
}

/** An attested clause is stated by its authors and shown by nothing. */
function isNotDemonstrated({ status }: ClauseResult): boolean {
  return status !== "satisfied" && status !== "not-applicable";
}

function undemonstratedClause(clause: ClauseResult): object {
  const { id, level, title, status, violations, waived, attestation, reason } = clause;
  return {
    clause: id,
    level,
    title,
    status,
    ...(violations > 0 && { violations }),
    ...(waived !== undefined && { waived }),
    ...(attestation !== undefined && {
      attested: attestation.statement,
      evidence: attestation.evidence,
      ...(attestation.evidenceDigest !== undefined && { "evidence-digest": attestation.evidenceDigest }),
    }),
    ...(reason !== undefined && { reason }),
  };
}

type Waived = Finding & Required<Pick<Finding, "waiver">>;

function isWaived(finding: Finding): finding is Waived {
  return finding.waiver !== undefined;
}

function waivedFinding({ rule, clauses, level, message, count, waiver }: Waived): object {
  const { source, reason, owner, expires } = waiver;
  return {
    rule,
    clauses,
    level,
    message,
    places: count,
    source,
    reason,
    ...(owner !== undefined && { owner }),
    ...(expires !== undefined && { expires }),
  };
}
