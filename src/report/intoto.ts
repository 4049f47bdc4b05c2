import { printable, safeJson } from "../model/printable.js";
import type { ClauseResult, InputSummary, Report } from "../model/report.js";
import { verdictSentence } from "../model/verdict-sentence.js";
import { pathUri, slashed } from "./shared/paths.js";
import { remarksOn } from "./shared/remarks.js";
import { type Standing, standingOf } from "./shared/standing.js";

/** A resource descriptor of in-toto. */
interface Resource {
  readonly name: string;
  readonly uri?: string;
  readonly digest?: { readonly sha256: string };
  readonly annotations?: Annotations;
}

type Annotations = Readonly<Record<string, string | readonly string[]>>;

const RESULTS = {
  good: "PASSED",
  waived: "WARNED",
  open: "WARNED",
  bad: "FAILED",
} as const satisfies Record<Standing, string>;

/**
 * An unsigned in-toto Statement v1 of the type test-result v0.1. Its tests are clauses; a clause that the evidence does
 * not decide is in no list, since a policy may take `warnedTests` as passed.
 */
export function* renderIntoto(report: Report): Iterable<string> {
  const statement = {
    _type: "https://in-toto.io/Statement/v1",
    predicateType: "https://in-toto.io/attestation/test-result/v0.1",
    predicate: {
      result: RESULTS[standingOf(report)],
      configuration: configurationOf(report),
      passedTests: idsOf(report, ({ status }) => status === "satisfied"),
      warnedTests: idsOf(report, isWarned),
      failedTests: idsOf(report, ({ level, status }) => level === "MUST" && status === "violated"),
    },
    subject: subjectsOf(report.inputs),
  };
  yield `${safeJson(statement, 2)}\n`;
}

function idsOf({ clauses }: Report, isListed: (clause: ClauseResult) => boolean): string[] {
  return clauses.filter(isListed).map(({ id }) => printable(id));
}

function isWarned({ level, status }: ClauseResult): boolean {
  return status === "waived" || (status === "violated" && level !== "MUST");
}

/** An input that was named twice is one subject. */
function subjectsOf(inputs: readonly InputSummary[]): readonly Resource[] {
  const subjects = inputs.map(({ path, sha256 }) => ({ name: nameOf(path), digest: { sha256 } }));
  return [...new Map(subjects.map((subject) => [JSON.stringify(subject), subject])).values()];
}

function nameOf(path: string): string {
  return printable(slashed(path));
}

function configurationOf(report: Report): readonly Resource[] {
  const { tool, protocol, configuration } = report;
  const sha256 = protocol.digest.replace(/^sha256:/, "");
  return [
    {
      name: "mplp-check",
      uri: `pkg:npm/mplp-check@${encodeURIComponent(printable(tool.version))}`,
      annotations: annotationsOf(report),
    },
    { name: printable(`MPLP v${protocol.version}`), digest: { sha256 } },
    ...(configuration === undefined
      ? []
      : [{ name: nameOf(configuration.path), uri: pathUri(configuration.path) }]),
  ];
}

/** What the three results cannot tell: the verdict, its grounds and what qualifies it. */
function annotationsOf(report: Report): Annotations {
  const { errors, open, conditions } = remarksOn(report);
  return {
    verdict: report.verdict,
    summary: printable(verdictSentence(report)),
    claims: report.claims,
    errors: errors.map(printable),
    open: open.map(printable),
    conditions: conditions.map(printable),
  };
}
