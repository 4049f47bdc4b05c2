import type { Artifact, Log, PropertyBag, ReportingDescriptor, Result, Run } from "sarif";
import { safeJson } from "../../model/printable.js";
import type { InputSummary, Report } from "../../model/report.js";
import { verdictSentence } from "../../model/verdict-sentence.js";
import { listedFindings } from "../shared/listed.js";
import { clauseResult, clauseRules, TAXONOMY_REFERENCE, taxonomyOf, unbrokenClauses } from "./clauses.js";
import { artifactLocation, BASE } from "./locations.js";
import { message } from "./messages.js";
import { notificationsOf } from "./notifications.js";
import { resultOf } from "./results.js";
import { ruleDescriptors } from "./rules.js";

/** GitHub refuses a run with more results, and keeps the worst 5,000 of them. */
const MOST_RESULTS = 25_000;

/**
 * SARIF 2.1.0 with a result for each listed place of a finding, and the status of each clause in the taxonomy.
 * Satisfied clauses have no results here: GitHub opens an alert for every result, whatever its kind, and refuses
 * files with a result that has no location.
 */
export function* renderSarif(report: Report): Iterable<string> {
  yield* sarif(report, ruleDescriptors(report), []);
}

/** The same with a result for each clause without findings, for readers that know kinds. */
export function* renderSarifCoverage(report: Report): Iterable<string> {
  const rules = ruleDescriptors(report);
  const clauses = unbrokenClauses(report);
  const results = clauses.map((clause, index) => clauseResult(clause, rules.length + index, report));
  yield* sarif(report, [...rules, ...clauseRules(clauses)], results);
}

function* sarif(report: Report, rules: ReportingDescriptor[], coverage: readonly Result[]): Iterable<string> {
  const places = [...listedFindings(report.findings, MOST_RESULTS - coverage.length)];
  const { name, version } = report.tool;
  const run: Run = {
    tool: {
      driver: {
        name,
        version,
        semanticVersion: version,
        rules,
        supportedTaxonomies: [TAXONOMY_REFERENCE],
      },
    },
    invocations: [
      {
        // GitHub refuses the run if this is false; otherwise it would close the alerts of input that was not
        // read.
        executionSuccessful: report.errors.length === 0 && report.interrupted !== true,
        toolExecutionNotifications: notificationsOf(report, places),
      },
    ],
    originalUriBaseIds: { [BASE]: { description: message("The folder in which mplp-check was run.") } },
    artifacts: report.inputs.map(artifactOf),
    taxonomies: [taxonomyOf(report)],
    results: [...places.map((place) => resultOf(place, report)), ...coverage],
    columnKind: "utf16CodeUnits",
    properties: propertiesOf(report),
  };
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [run],
  };
  yield `${safeJson(log, 2)}\n`;
}

function artifactOf({ path, kind, sha256, bytes, records, recognised }: InputSummary): Artifact {
  return {
    location: artifactLocation(path),
    length: bytes,
    roles: ["analysisTarget"],
    hashes: { "sha-256": sha256 },
    properties: { kind, records, recognised },
  };
}

function propertiesOf(report: Report): PropertyBag {
  const { verdict, claims, protocol, summary } = report;
  return {
    verdict,
    summary: message(verdictSentence(report)).text,
    claims,
    protocol: { version: protocol.version, digest: protocol.digest },
    ...summary,
  };
}
