import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import multitool from "@microsoft/sarif-multitool";
import { Ajv2020 } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { type Facts, NONE, sums } from "./facts.js";

/** The parts of a SARIF log that tests look at. */
export interface SarifLog {
  readonly runs: readonly [
    {
      readonly properties: { readonly verdict: string };
      readonly tool: { readonly driver: { readonly rules: readonly SarifRule[] } };
      readonly invocations: readonly [
        {
          readonly executionSuccessful: boolean;
          readonly toolExecutionNotifications: readonly SarifNotification[];
        },
      ];
      readonly taxonomies: readonly [
        {
          readonly taxa: readonly {
            readonly id: string;
            readonly properties: { readonly level: string; readonly status: string };
          }[];
        },
      ];
      readonly results: readonly SarifResult[];
    },
  ];
}

interface SarifRule {
  readonly id: string;
  readonly help: { readonly text: string; readonly markdown?: string };
  readonly properties?: { readonly tags: readonly string[] };
}

interface SarifNotification {
  readonly descriptor: { readonly id: string };
  readonly level: string;
  readonly message: { readonly text: string };
}

interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: { readonly startLine: number; readonly startColumn?: number };
  };
}

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations?: readonly SarifLocation[];
  readonly relatedLocations?: readonly SarifLocation[];
  readonly occurrenceCount?: number;
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly taxa: readonly { readonly id: string; readonly index: number }[];
  readonly suppressions?: readonly { readonly justification: string }[];
  readonly properties: { readonly level: string; readonly count: number };
}

const ajv = new Ajv2020({ allErrors: true, strict: false, formats: fullFormats });
const validate = ajv.compile(
  JSON.parse(readFileSync(join(dirname(multitool), "sarif-2.1.0.json"), "utf8")) as object,
);

/** A log that follows the schema, and in which all references resolve. @throws for any other */
export function readSarif(output: string): SarifLog {
  const log = JSON.parse(output) as SarifLog;
  if (!validate(log)) throw new Error(JSON.stringify(validate.errors));
  const [{ tool, results, taxonomies }] = log.runs;
  const { rules } = tool.driver;
  const { taxa } = taxonomies[0];
  const isLoose = ({ ruleId, ruleIndex, taxa: cited }: SarifResult): boolean =>
    rules[ruleIndex]?.id !== ruleId || cited.some(({ id, index }) => taxa[index]?.id !== id);
  const loose = results.filter(isLoose);
  if (loose.length > 0) throw new Error(`references that do not resolve: ${JSON.stringify(loose)}`);
  if (new Set(rules.map(({ id }) => id)).size < rules.length) throw new Error("a rule comes twice");
  return log;
}

/** What a log says. */
export function factsOfSarif({ runs: [run] }: SarifLog): Omit<Facts, "findings"> {
  const failing = run.results.filter(({ kind }) => kind === "fail");
  const tally = failing.map(({ suppressions = [], properties, occurrenceCount = 1 }) => {
    return [suppressions.length > 0 ? "waived" : properties.level, occurrenceCount] as const;
  });
  const { taxa } = run.taxonomies[0];
  const notes = run.invocations[0].toolExecutionNotifications;
  return {
    verdict: run.properties.verdict,
    statuses: Object.fromEntries(taxa.map(({ id, properties }) => [id, properties.status])),
    coverage: sums(taxa.map(({ properties: { level, status } }) => [`${level} ${status}`, 1] as const)),
    tally: { ...NONE, ...sums(tally) },
    errors: notes.filter(({ descriptor }) => descriptor.id === "not-checked").length,
  };
}

// The package leaves this to an install script, which npm need not run.
chmodSync(multitool, 0o755);

/** Whether Microsoft's validator runs on this machine: it is a binary for x64. */
export const hasMultitool = spawnSync(multitool, ["--version"]).status === 0;

/** GitHub takes no more runs in one file, and each file takes the validator most of a second. */
const RUNS_A_FILE = 20;

/**
 * What Microsoft's validator finds wrong with some logs, each as rule and message: errors and warnings.
 *
 * @param rules "Sarif" for the standard, "Sarif;Ghas" for what GitHub asks for too
 */
export function multitoolFindings(logs: readonly string[], rules: "Sarif" | "Sarif;Ghas"): string[] {
  const folder = mkdtempSync(join(tmpdir(), "mplp-check-sarif-"));
  try {
    const parsed = logs.map((log) => JSON.parse(log) as SarifLog);
    const files = Math.ceil(logs.length / RUNS_A_FILE);
    for (let file = 0; file < files; file++) {
      const together = parsed.slice(file * RUNS_A_FILE, (file + 1) * RUNS_A_FILE);
      const log = { ...parsed[0], runs: together.flatMap(({ runs }) => runs) };
      writeFileSync(join(folder, `${file}.sarif`), JSON.stringify(log, undefined, 1));
    }
    const args = ["validate", join(folder, "*.sarif"), "--rule-kind", rules, "--level", "Error;Warning"];
    const { stdout } = spawnSync(multitool, args, { encoding: "utf8", maxBuffer: 1e9 });
    if (!stdout.includes(`Done. ${files} files scanned.`))
      throw new Error(`the validator did not read ${files} files: ${stdout.slice(-2000)}`);
    return [...stdout.matchAll(/: (?:error|warning) ([A-Z]+\d+: .*)$/gm)].map(([, found = ""]) => found);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
