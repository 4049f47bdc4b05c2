import { createHash } from "node:crypto";
import type { FindingKind } from "./policy.js";

/**
 * Names findings of one kind, the same in every run and whatever the log: 32 hexadecimal digits. Neither
 * paths nor lines nor the level are in it.
 */
export function fingerprintOf({ rule, clauses, message, shape }: Omit<FindingKind, "level">): string {
  return fingerprintDigest([rule, clauses, message, shape]);
}

/** 32 hexadecimal digits that stand for some values. */
export function fingerprintDigest(values: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(values)).digest("hex").slice(0, 32);
}
