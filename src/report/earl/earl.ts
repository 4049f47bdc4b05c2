import { printable, safeJson } from "../../model/printable.js";
import type { ClauseResult, InputSummary, Report } from "../../model/report.js";
import { slashed } from "../shared/paths.js";
import { CONTEXT } from "./context.js";
import { resultOf, type TestResult, verdictResult } from "./results.js";

const ASSERTOR = "_:assertor";
const SUBJECT = "_:subject";

/** The address of the catalogue of clauses. */
const CLAUSES = "https://github.com/mplp-check/mplp-check/blob/main/docs/clauses.md";

/**
 * W3C EARL as JSON-LD: an assertion about each clause, and one about the protocol as a whole. Places of findings are
 * left out.
 */
export function* renderEarl(report: Report): Iterable<string> {
  const graph = [
    assertorOf(report),
    subjectOf(report),
    protocolOf(report),
    assertion(CLAUSES, verdictResult(report)),
    ...report.clauses.flatMap((clause) => [
      requirementOf(clause),
      assertion(clauseIri(clause), resultOf(clause, report)),
    ]),
  ];
  yield `${safeJson({ "@context": CONTEXT, "@graph": graph }, 2)}\n`;
}

function assertorOf({ tool: { version } }: Report): object {
  return {
    "@id": ASSERTOR,
    "@type": ["Assertor", "Software"],
    title: "mplp-check",
    hasVersion: printable(version),
  };
}

function subjectOf({ inputs }: Report): object {
  return {
    "@id": SUBJECT,
    "@type": "TestSubject",
    title: inputs.length === 0 ? "nothing was read" : "all inputs of the run together",
    hasPart: inputs.map(inputOf),
  };
}

function inputOf({ path, sha256 }: InputSummary): object {
  return {
    "@type": "TestSubject",
    title: printable(slashed(path)),
    identifier: printable(`sha256:${sha256}`),
  };
}

function protocolOf({ protocol: { version, digest } }: Report): object {
  return {
    "@id": CLAUSES,
    "@type": "TestRequirement",
    title: printable(`MPLP v${version}`),
    identifier: printable(digest),
  };
}

function requirementOf(clause: ClauseResult): object {
  const { id, title, level, source } = clause;
  return {
    "@id": clauseIri(clause),
    "@type": "TestRequirement",
    identifier: printable(id),
    title: printable(title),
    description: printable(`${level}: ${source}`),
    isPartOf: CLAUSES,
  };
}

function clauseIri({ id }: ClauseResult): string {
  return `${CLAUSES}#${encodeURIComponent(printable(id))}`;
}

function assertion(test: string, result: TestResult): object {
  return {
    "@type": "Assertion",
    assertedBy: ASSERTOR,
    subject: SUBJECT,
    test,
    mode: "earl:automatic",
    result,
  };
}
