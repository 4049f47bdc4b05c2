import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import multitool from "@microsoft/sarif-multitool";
import { Ajv2020 } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";

/** The parts of a SARIF log that tests look at. */
export interface SarifLog {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly SarifRule[] } };
      readonly invocations: readonly [
        {
          readonly executionSuccessful: boolean;
          readonly toolExecutionNotifications: readonly SarifNotification[];
        },
      ];
      readonly taxonomies: readonly [
        { readonly taxa: readonly { readonly id: string; readonly properties: object }[] },
      ];
      readonly results: readonly SarifResult[];
    },
  ];
}

export interface SarifRule {
  readonly id: string;
  readonly help: { readonly text: string; readonly markdown?: string };
  readonly properties?: { readonly tags: readonly string[] };
}

export interface SarifNotification {
  readonly descriptor: { readonly id: string };
  readonly level: string;
  readonly message: { readonly text: string };
}

export interface SarifLocation {
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
}

const ajv = new Ajv2020({ allErrors: true, strict: false, formats: fullFormats });
const validate = ajv.compile(
  JSON.parse(readFileSync(join(dirname(multitool), "sarif-2.1.0.json"), "utf8")) as object,
);

/** What the SARIF schema finds wrong with a log. */
export function schemaErrors(log: unknown): readonly unknown[] {
  validate(log);
  return validate.errors ?? [];
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
