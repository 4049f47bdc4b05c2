import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { whyNotRead } from "../input/open/why-not-read.js";
import type { CountedKind } from "../model/finding.js";
import { parsedJson } from "../model/parsed-json.js";
import type { Quota } from "../model/policy.js";
import { isJsonObject } from "../model/subject.js";
import { mergedDigests, type ValueDigests } from "../model/value-digests.js";
import type { Waiver } from "../model/waiver.js";
import { ConfigError } from "./config.js";

/** A finding that was known when the baseline was written; its fingerprint, count and values are compared. */
export interface KnownFinding {
  readonly fingerprint: string;
  readonly rule: string;
  readonly clauses: readonly string[];
  readonly message: string;
  /** How many occurrences there were. */
  readonly count: number;
  /** Keyed digests of the secrets or ids that it was about. */
  readonly values?: ValueDigests;
}

/** Findings that do not count, since they were there before. */
export interface Baseline {
  readonly file: string;
  /** What digests of values are taken with; undefined where nothing has any. */
  readonly key?: string;
  readonly findings: readonly KnownFinding[];
  /** What is said of each of them. */
  readonly waiver: Waiver;
}

const VERSION = 2;

/**
 * Reads the file of a baseline.
 *
 * @throws ConfigError where it is none
 */
export async function readBaseline(file: string): Promise<Baseline> {
  const text = await readFile(file, "utf8").catch(async (error: NodeJS.ErrnoException) => {
    const advice = error.code === "ENOENT" ? " (--write-baseline makes one)" : "";
    throw new ConfigError(`${file}: ${await whyNotRead(file, error)}${advice}`);
  });
  const value = parsedJson(text);
  if (!isJsonObject(value) || !Array.isArray(value.findings))
    throw new ConfigError(`${file}: this is no baseline of mplp-check`);
  const { version, key }: Readonly<Record<string, unknown>> = value;
  if (version === 1)
    throw new ConfigError(
      `${file}: the baseline was written by an earlier version, without numbers: write it anew with --write-baseline`,
    );
  if (version !== VERSION) throw new ConfigError(`${file}: this is no baseline of mplp-check`);
  const findings: readonly unknown[] = value.findings;
  if (!findings.every(isKnownFinding))
    throw new ConfigError(`${file}: a finding of the baseline has no fingerprint or no count`);
  if (!(key === undefined ? findings.every(({ values }) => values === undefined) : isDigest(key, 64)))
    throw new ConfigError(`${file}: the key of the baseline is missing or none`);
  return {
    file,
    ...(typeof key === "string" && { key }),
    findings,
    waiver: { source: "baseline", reason: "it was there when the baseline was written" },
  };
}

/** A key for the digests of a new baseline. */
export function newKey(): string {
  return randomBytes(32).toString("hex");
}

/** What a baseline lets pass of a finding. */
export function quotaOf({ count, values }: KnownFinding): Quota {
  return {
    atMost: count,
    ...(values && { values }),
    hint: `the baseline knows ${count} of these; there are others, so all of them count`,
  };
}

/**
 * The text of a baseline with some findings: those that count, each kind once, in an order of their own.
 *
 * @param key what the digests of their values were taken with; without it there are none, and findings of secrets are
 *   left out: another leaked secret would pass for one that is known
 */
export function baselineText(kinds: readonly CountedKind[], key?: string): string {
  const known = new Map<string, KnownFinding>();
  for (const { fingerprint, rule, clauses, message, level, count, values } of kinds) {
    if (level === "NOTE" || (rule === SECRETS && values === undefined)) continue;
    const earlier = known.get(fingerprint);
    known.set(fingerprint, {
      fingerprint,
      rule,
      clauses,
      message,
      count: count + (earlier?.count ?? 0),
      ...(values && { values: mergedDigests(earlier?.values ?? [], values) }),
    });
  }
  return textOf([...known.values()], key);
}

const SECRETS = "no-secrets";

/** The text of a baseline without what is there no more: findings, and numbers of them. */
export function prunedText({ findings, key }: Baseline, kinds: readonly CountedKind[]): string {
  const own = kinds.filter(
    ({ level, waiver }) => level !== "NOTE" && (waiver?.source ?? "baseline") === "baseline",
  );
  return textOf(
    findings.flatMap((known) => {
      const found = own.filter(({ fingerprint }) => fingerprint === known.fingerprint);
      const count = found.reduce((sum, kind) => sum + kind.count, 0);
      if (count === 0) return [];
      const values = new Set(found.flatMap((kind) => kind.values ?? []));
      return [
        {
          ...known,
          count: Math.min(known.count, count),
          ...(known.values && { values: known.values.filter((value) => values.has(value)) }),
        },
      ];
    }),
    key,
  );
}

function textOf(findings: readonly KnownFinding[], key: string | undefined): string {
  const sorted = [...findings].sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
  const isKeyed = findings.some(({ values }) => values !== undefined);
  const baseline = { version: VERSION, ...(isKeyed && { key }), findings: sorted };
  return `${JSON.stringify(baseline, null, 2)}\n`;
}

function isKnownFinding(value: unknown): value is KnownFinding {
  if (!isJsonObject(value)) return false;
  const { fingerprint, rule, message, count, values = [] } = value;
  return (
    [fingerprint, rule, message].every((part) => typeof part === "string") &&
    Number.isSafeInteger(count) &&
    (count as number) > 0 &&
    Array.isArray(values) &&
    values.every((each) => isDigest(each, 32))
  );
}

function isDigest(value: unknown, length: number): boolean {
  return typeof value === "string" && value.length === length && /^[0-9a-f]+$/.test(value);
}
