import { createHash } from "node:crypto";
import { CLAUSES } from "./clauses.js";
import type { ProtocolFile } from "./schemas.js";

/** The files that a verdict rests on. */
export interface ProtocolFiles {
  readonly schemas: readonly ProtocolFile[];
  readonly invariants: readonly ProtocolFile[];
  /** Invariants of a project's own: what they ask for is no matter of conformance. */
  readonly ownInvariants: readonly ProtocolFile[];
}

/** Names what a verdict rests on: the catalogue, and the schemas and invariants as they were read. */
export function digestOf({ schemas, invariants, ownInvariants }: ProtocolFiles): string {
  const hash = createHash("sha256").update(JSON.stringify(CLAUSES));
  for (const { name, text } of [...schemas, ...invariants, ...ownInvariants])
    hash.update(`\n${name}\n${text}`);
  return `sha256:${hash.digest("hex")}`;
}
