import { randomBytes } from "node:crypto";
import { readBounded } from "../input/open/bounded.js";
import { whyNotRead } from "../input/open/why-not-read.js";
import type { CountedKind } from "../model/finding.js";
import { parsedJson, withoutMark } from "../model/parsed-json.js";
import type { Quota } from "../model/policy.js";
import { isJsonObject } from "../model/subject.js";
import { mergedDigests, type ValueDigests } from "../model/value-digests.js";
import type { Waiver } from "../model/waiver.js";
import { ConfigError } from "./config.js";

/** A finding from the time when the baseline was written, compared by fingerprint, count and values. */
export interface KnownFinding {
  readonly fingerprint: string;
  readonly rule: string;
  readonly clauses: readonly string[];
  readonly message: string;
  /** The number of occurrences. */
  readonly count: number;
  /** Keyed digests of the secrets or ids in the finding. */
  readonly values?: ValueDigests;
}

/** Findings that are waived because they existed before. */
export interface Baseline {
  readonly file: string;
  /** The key of the value digests; undefined if the baseline has no digests. */
  readonly key?: string;
  readonly findings: readonly KnownFinding[];
  /** The waiver shown with each of them. */
  readonly waiver: Waiver;
}

const VERSION = 2;
/** A baseline has up to a thousand digests for each finding. */
const MOST_BYTES = 256e6;

/**
 * Reads a baseline file.
 *
 * @throws ConfigError if the file is not a baseline
 */
export async function readBaseline(file: string): Promise<Baseline> {
  const bytes = await readBounded(file, MOST_BYTES).catch(async (error: NodeJS.ErrnoException) => {
    const advice = error.code === "ENOENT" ? " (--write-baseline makes one)" : "";
    throw new ConfigError(`${file}: ${await whyNotRead(file, error)}${advice}`);
  });
  const value = parsedJson(withoutMark(bytes.toString()));
  if (!isJsonObject(value) || !Array.isArray(value.findings))
    throw new ConfigError(`${file}: not an mplp-check baseline`);
  const { version, key }: Readonly<Record<string, unknown>> = value;
  if (version === 1)
    throw new ConfigError(
      `${file}: the baseline was written by an earlier version, without numbers: write it anew with --write-baseline`,
    );
  if (version !== VERSION) throw new ConfigError(`${file}: not an mplp-check baseline`);
  const findings: readonly unknown[] = value.findings;
  if (!findings.every(isKnownFinding))
    throw new ConfigError(`${file}: a finding of the baseline has no fingerprint or no count`);
  if (!(key === undefined ? findings.every(({ values }) => values === undefined) : isDigest(key, 64)))
    throw new ConfigError(`${file}: the key of the baseline is missing or invalid`);
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

/** The occurrences of a finding that the baseline waives. */
export function quotaOf({ count, values }: KnownFinding): Quota {
  return {
    atMost: count,
    ...(values && { values }),
    hint: `the baseline knows ${count} of these; there are others, so all of them count`,
  };
}

/**
 * The text of a baseline with the findings that count, each kind once, in a stable order.
 *
 * @param key the key of the value digests. Without a key there are no digests, and findings of secrets are left out:
 *   otherwise another leaked secret would pass as known
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

/** The text of a baseline without fixed findings, and with lower counts for partly fixed ones. */
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
