import { createHash } from "node:crypto";
import type { FindingKind } from "./policy.js";

/**
 * Identifies findings of one kind, the same in every run and for every log: 32 hexadecimal digits.
 * It does not depend on paths, lines or the level.
 */
export function fingerprintOf({ rule, clauses, message, shape }: Omit<FindingKind, "level">): string {
  return fingerprintDigest([rule, clauses, message, shape]);
}

/** 32 hexadecimal digits derived from some values. */
export function fingerprintDigest(values: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(values)).digest("hex").slice(0, 32);
}
