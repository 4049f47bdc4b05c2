import { createHash } from "node:crypto";
import type { FindingKind } from "./policy.js";

/**
 * Names findings of one kind, the same in every run and whatever the log: 32 hexadecimal digits. Neither
 * paths nor lines nor the level are in it.
 */
export function fingerprintOf({ rule, clauses, message, shape }: Omit<FindingKind, "level">): string {
  const text = JSON.stringify([rule, clauses, message, shape]);
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
