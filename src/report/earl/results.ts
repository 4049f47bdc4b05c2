import type { ClauseStatus } from "../../model/clause.js";
import { counted } from "../../model/counted.js";
import type { Finding } from "../../model/finding.js";
import { printable } from "../../model/printable.js";
import type { ClauseResult, Report } from "../../model/report.js";
import { verdictSentence } from "../../model/verdict-sentence.js";
import { remarksOn } from "../shared/remarks.js";
import { standingOf } from "../shared/standing.js";
import { atPlaces, NOBODY_VERIFIED, placeText, sentences, spaced, waivedBy } from "../shared/wording.js";

type Outcome = "passed" | "failed" | "cantTell" | "inapplicable" | "untested";

export interface TestResult {
  readonly "@type": "TestResult";
  readonly outcome: `earl:${Outcome}`;
  /** The status of a clause, or the verdict. */
  readonly title: string;
  readonly info: readonly string[];
}

const OUTCOMES = {
  satisfied: "passed",
  violated: "failed",
  waived: "cantTell",
  attested: "cantTell",
  inconclusive: "cantTell",
  "not-checkable": "cantTell",
  "not-exercised": "untested",
  "not-applicable": "inapplicable",
} as const satisfies Record<ClauseStatus, Outcome>;

export function resultOf(clause: ClauseResult, report: Report): TestResult {
  const { status } = clause;
  return testResult(OUTCOMES[status], status, clauseInfo(clause, report));
}

/** The whole protocol has only passed if the run shows a claim without waivers. */
export function verdictResult(report: Report): TestResult {
  const { errors, open, conditions } = remarksOn(report);
  const info = [verdictSentence(report), ...errors, ...open, ...conditions];
  return testResult(verdictOutcome(report), report.verdict, info);
}

function verdictOutcome(report: Report): Outcome {
  const standing = standingOf(report);
  if (standing === "bad") return "failed";
  return standing === "good" && report.verdict === "conformant" ? "passed" : "cantTell";
}

function testResult(outcome: Outcome, title: string, info: readonly string[]): TestResult {
  return { "@type": "TestResult", outcome: `earl:${outcome}`, title, info: info.map(printable) };
}

/** The most findings of a clause whose messages are shown. */
const SHOWN = 5;

function clauseInfo({ id, status, reason, limits, attestation }: ClauseResult, report: Report): string[] {
  const findings = report.findings.filter(({ clauses }) => clauses.includes(id));
  const others = findings.length - SHOWN;
  const lines = [
    ...(reason === undefined ? [] : [reason]),
    ...(limits === undefined ? [] : [`limits: ${limits}`]),
    ...(attestation === undefined ? [] : [attestedBy(attestation), NOBODY_VERIFIED]),
    ...findings.slice(0, SHOWN).map(findingLine),
    ...(others > 0 ? [counted(others, "more finding")] : []),
  ];
  return lines.length === 0 && OUTCOMES[status] === "cantTell" ? [spaced(status)] : lines;
}

function attestedBy({ statement, evidence, ...place }: NonNullable<ClauseResult["attestation"]>): string {
  return `attested: "${statement}" (${evidence}; ${placeText(place)})`;
}

function findingLine(finding: Finding): string {
  const { level, message, waiver } = finding;
  const waived = waiver === undefined ? undefined : `Waived (${waivedBy(waiver)}): ${waiver.reason}`;
  return sentences(`${level}: ${message}${atPlaces(finding)}`, waived);
}
