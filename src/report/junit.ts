import { counted } from "../model/counted.js";
import type { Finding } from "../model/finding.js";
import type { ClauseResult, Report, RunError } from "../model/report.js";
import { isAllowedEmpty, passedOverIn } from "../model/reservations.js";
import { nothingChecked, undemonstrated } from "../model/verdict.js";
import { verdictSentence } from "../model/verdict-sentence.js";
import { citedBy } from "./shared/cited.js";
import { conditionsOf } from "./shared/conditions.js";
import { escaped } from "./shared/escaped.js";
import { slashed } from "./shared/paths.js";
import {
  atPlaces,
  NOBODY_VERIFIED,
  NOT_ALL_READ,
  ownLevelNote,
  placeText,
  spaced,
  waivedBy,
} from "./shared/wording.js";

/**
 * The result of a test case, with lines of text for people. The first line is the headline of a case that does not
 * pass.
 */
interface Outcome {
  readonly result: "passed" | "failure" | "error" | "skipped";
  readonly lines: readonly string[];
  /** The place to look at first. */
  readonly place?: Pick<RunError, "path" | "line">;
}

interface TestCase extends Outcome {
  readonly group: string;
  readonly name: string;
}

/**
 * JUnit XML: one test case for each clause, three for the run as a whole. If the run does not end with 0 under the
 * default `--fail-on must`, at least one test case fails or has an error. The causes are MUST violations, MUST
 * clauses that a claim needs and the evidence does not show, and input that was not checked. JUnit has no result for
 * violated SHOULD clauses or waived findings. As passed they would be lost among the satisfied clauses, so they are
 * skipped, with the findings as the reason.
 */
export function* renderJunit(report: Report): Iterable<string> {
  const missing = new Set(undemonstrated(report).map(({ id }) => id));
  const cases = [
    { group: "run", name: "all input was checked", ...inputOutcome(report) },
    { group: "run", name: "there was something to check", ...evidenceOutcome(report) },
    { group: "run", name: "nothing that may be evidence was passed over", ...passedOverOutcome(report) },
    ...report.clauses.map((clause) => ({
      group: clause.level,
      name: `${clause.id} ${clause.title}`,
      ...clauseOutcome(clause, report, missing.has(clause.id)),
      ...placeOfClause(clause, report),
    })),
  ];
  const count = (result: Outcome["result"]): number => cases.filter((one) => one.result === result).length;
  const counts = `tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}"`;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="mplp-check" ${counts}>\n`;
  yield `  <testsuite name="mplp-check" ${counts} skipped="${count("skipped")}">\n`;
  yield* propertyLines(report);
  for (const one of cases) yield* caseLines(one);
  yield `    <system-out>${escaped(`${report.verdict}: ${verdictSentence(report)}`)}</system-out>\n`;
  yield "  </testsuite>\n</testsuites>\n";
}

function* propertyLines(report: Report): Iterable<string> {
  const { tool, protocol, claims, verdict } = report;
  const properties = {
    "mplp-check": tool.version,
    "mplp.version": protocol.version,
    "mplp.digest": protocol.digest,
    claims: claims.join(", "),
    verdict,
  };
  const conditions = conditionsOf(report).map(({ label, text }) => [label, text] as const);
  yield "    <properties>\n";
  for (const [name, value] of [...Object.entries(properties), ...conditions])
    yield `      <property name="${name}" value="${escaped(value)}"/>\n`;
  yield "    </properties>\n";
}

function* caseLines({ group, name, result, lines, place }: TestCase): Iterable<string> {
  const head = `    <testcase classname="mplp-check.${escaped(group)}" name="${escaped(name)}"${placeAttributes(place)}`;
  // Jenkins and GitLab read this as the name of a file to attach.
  const text = lines.map((line) => escaped(line).replace(/\[\[(?=\w+\|)/g, "[ [")).join("\n");
  if (result === "passed" && text === "") yield `${head}/>\n`;
  else yield `${head}>\n      ${elementOf(result, lines[0] ?? "", text)}\n    </testcase>\n`;
}

/** As pytest and others write them: CI services link the test case to the file. */
function placeAttributes(place: Outcome["place"]): string {
  if (place === undefined || place.path === "") return "";
  const line = place.line === undefined ? "" : ` line="${place.line}"`;
  return ` file="${escaped(slashed(place.path))}"${line}`;
}

/** In the oldest schema in use `skipped` has no attributes; its content is shown instead. */
function elementOf(result: Outcome["result"], headline: string, text: string): string {
  if (result === "passed") return `<system-out>${text}</system-out>`;
  if (result === "skipped") return `<skipped>${text}</skipped>`;
  const type = result === "error" ? "not-checked" : "nonconformant";
  return `<${result} type="${type}" message="${escaped(headline)}">${text}</${result}>`;
}

function inputOutcome({ errors, interrupted }: Report): Outcome {
  const lines = errors.map((error) => `${placeText(error)}: ${error.message}`);
  if (interrupted === true) lines.push(`interrupted: ${NOT_ALL_READ}`);
  const [place] = errors;
  return { result: lines.length === 0 ? "passed" : "error", lines, ...(place && { place }) };
}

function evidenceOutcome(report: Report): Outcome {
  const why = nothingChecked(report);
  return why === undefined || isAllowedEmpty(report)
    ? { result: "passed", lines: [] }
    : { result: "failure", lines: [why] };
}

/**
 * Reservations about the run, and records that were passed over: the verdict is not good even if every clause is
 * shown.
 */
function passedOverOutcome(report: Report): Outcome {
  const lines = report.reservations.length > 0 ? report.reservations : passedOverIn(report.inputs);
  return { result: lines.length === 0 ? "passed" : "failure", lines };
}

function clauseOutcome(clause: ClauseResult, report: Report, isMissing: boolean): Outcome {
  const { id, status, reason, attestation } = clause;
  const findings = report.findings.filter(({ clauses }) => clauses.includes(id));
  const details = findings.flatMap((finding) => findingLines(finding, report));
  if (findings.some((finding) => finding.level === "MUST" && finding.waiver === undefined))
    return { result: "failure", lines: details };
  if (isMissing) return { result: "failure", lines: [`not demonstrated: ${reason ?? status}`, ...details] };
  if (status === "violated")
    return {
      result: "skipped",
      lines: ["violated, at a level that does not fail a run by default", ...details],
    };
  const limits = clause.limits === undefined ? [] : [`limits: ${clause.limits}`];
  if (status === "satisfied") return { result: "passed", lines: [...limits, ...details] };
  if (attestation === undefined)
    return { result: "skipped", lines: [`${spaced(status)}: ${reason ?? ""}`, ...details] };
  const { statement, evidence, ...place } = attestation;
  const words = `attested: "${statement}" (${evidence}; ${placeText(place)})`;
  return { result: "passed", lines: [words, NOBODY_VERIFIED, ...details] };
}

/** The first place of the findings that violate a clause. */
function placeOfClause({ id }: ClauseResult, { findings }: Report): Pick<Outcome, "place"> {
  const place = findings.find(({ clauses }) => clauses.includes(id))?.locations[0];
  return place === undefined ? {} : { place };
}

const PLACES = 20;

/** A finding for people. Places beyond the first ones are counted. */
function findingLines(finding: Finding, report: Report): string[] {
  const { level, message, hint, count, waiver, ownLevel, locations } = finding;
  const { fix } = citedBy(finding, report).rule;
  const shown = locations.slice(0, PLACES);
  const places = shown.map((location) => `  ${placeText(location)} ${location.pointer ?? ""}`.trimEnd());
  return [
    `${level} ${message}${atPlaces(finding)}`,
    ...(ownLevel === undefined ? [] : [`  ${ownLevelNote(ownLevel)}`]),
    ...(waiver === undefined ? [] : [`  waived (${waivedBy(waiver)}): ${waiver.reason}`]),
    ...(hint === undefined ? [] : [`  hint: ${hint}`]),
    ...(fix === undefined || waiver !== undefined ? [] : [`  fix: ${fix}`]),
    ...places,
    ...(count > shown.length ? [`  and ${counted(count - shown.length, "more place")}`] : []),
  ];
}
