import { createHash } from "node:crypto";
import { CLAUSES } from "../clauses/clauses.js";
import type { ProtocolFile } from "./schemas.js";

/** The files that a verdict depends on. */
export interface ProtocolFiles {
  readonly schemas: readonly ProtocolFile[];
  readonly invariants: readonly ProtocolFile[];
  /** A project's own invariants, which do not affect conformance. */
  readonly ownInvariants: readonly ProtocolFile[];
}

/** Identifies everything that a verdict depends on: the catalogue, and the schemas and invariants as read. */
export function protocolDigest({ schemas, invariants, ownInvariants }: ProtocolFiles): string {
  const hash = createHash("sha256").update(JSON.stringify(CLAUSES));
  for (const { name, text } of [...schemas, ...invariants, ...ownInvariants])
    hash.update(`\n${name}\n${text}`);
  return `sha256:${hash.digest("hex")}`;
}

/**
 * Identifies the content of some files, ignoring order, folders and line ends. A repeated file counts once.
 *
 * @param isNamed true if file names matter: a schema is identified by its name
 */
function contentOf(files: readonly ProtocolFile[], isNamed: boolean): string {
  const parts = files.map(({ name, text }) => {
    const plain = text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
    return createHash("sha256")
      .update(JSON.stringify([isNamed ? name : "", plain]))
      .digest("hex");
  });
  return createHash("sha256")
    .update([...new Set(parts)].sort().join())
    .digest("hex");
}

/** Identifies schemas, to compare them with the official or the bundled ones. */
export function schemasDigest(files: readonly ProtocolFile[]): string {
  return contentOf(files, true);
}

/** Identifies invariants in the same way. */
export function invariantsDigest(files: readonly ProtocolFile[]): string {
  return contentOf(files, false);
}
