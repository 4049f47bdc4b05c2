import { readFile } from "node:fs/promises";
import type { Finding } from "../model/finding.js";
import { isJsonObject } from "../model/subject.js";
import type { Waiver } from "../model/waiver.js";
import { ConfigError } from "./config.js";

/** A finding that was known when the baseline was written; only its fingerprint is compared. */
export interface KnownFinding {
  readonly fingerprint: string;
  readonly rule: string;
  readonly clauses: readonly string[];
  readonly message: string;
}

/** Findings that do not count, since they were there before. */
export interface Baseline {
  readonly file: string;
  readonly findings: readonly KnownFinding[];
  /** What is said of each of them. */
  readonly waiver: Waiver;
}

const VERSION = 1;

/**
 * Reads the file of a baseline.
 *
 * @throws ConfigError where it is none
 */
export async function readBaseline(file: string): Promise<Baseline> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === "ENOENT" ? "no such file; --write-baseline makes it" : error.message;
    throw new ConfigError(`${file}: ${reason}`);
  });
  const value = parsed(text);
  if (!isJsonObject(value) || value.version !== VERSION || !Array.isArray(value.findings))
    throw new ConfigError(`${file}: this is no baseline of mplp-check`);
  const findings: readonly unknown[] = value.findings;
  if (!findings.every(isKnownFinding))
    throw new ConfigError(`${file}: a finding of the baseline has no fingerprint`);
  return {
    file,
    findings,
    waiver: { source: "baseline", reason: "it was there when the baseline was written" },
  };
}

/** The text of a baseline with some findings: those that count, each kind once, in an order of their own. */
export function baselineText(findings: readonly Finding[]): string {
  const kinds = new Map<string, KnownFinding>();
  for (const { fingerprint, rule, clauses, message, level } of findings)
    if (level !== "NOTE") kinds.set(fingerprint, { fingerprint, rule, clauses, message });
  const sorted = [...kinds.values()].sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
  return `${JSON.stringify({ version: VERSION, findings: sorted }, null, 2)}\n`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isKnownFinding(value: unknown): value is KnownFinding {
  if (!isJsonObject(value)) return false;
  return [value.fingerprint, value.rule, value.message].every((part) => typeof part === "string");
}
