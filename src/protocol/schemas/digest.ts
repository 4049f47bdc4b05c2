import { createHash } from "node:crypto";
import { CLAUSES } from "../clauses/clauses.js";
import type { ProtocolFile } from "./schemas.js";

/** The files that a verdict rests on. */
export interface ProtocolFiles {
  readonly schemas: readonly ProtocolFile[];
  readonly invariants: readonly ProtocolFile[];
  /** Invariants of a project's own: what they ask for is no matter of conformance. */
  readonly ownInvariants: readonly ProtocolFile[];
}

/** Names what a verdict rests on: the catalogue, and the schemas and invariants as they were read. */
export function protocolDigest({ schemas, invariants, ownInvariants }: ProtocolFiles): string {
  const hash = createHash("sha256").update(JSON.stringify(CLAUSES));
  for (const { name, text } of [...schemas, ...invariants, ...ownInvariants])
    hash.update(`\n${name}\n${text}`);
  return `sha256:${hash.digest("hex")}`;
}

/**
 * Names the content of some files, whatever order, folders and line ends they have. A file that comes twice counts once.
 *
 * @param isNamed whether the names of the files matter: a schema is told by its own
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

/** What schemas are compared by, with the official ones or with those of the package. */
export function schemasDigest(files: readonly ProtocolFile[]): string {
  return contentOf(files, true);
}

/** The same of invariants. */
export function invariantsDigest(files: readonly ProtocolFile[]): string {
  return contentOf(files, false);
}
