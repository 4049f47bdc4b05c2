import { isPlaceholder } from "./placeholder.js";

/** Why the evidence of an attestation cannot be examined. */
export const EVIDENCE_PROBLEMS = [
  "missing",
  "folder",
  "outside",
  "irregular",
  "unreadable",
  "too-large",
  "empty",
  "itself",
  "not-looked-up",
  "other-address",
  "credentials",
  "broken-address",
] as const;
export type EvidenceProblem = (typeof EVIDENCE_PROBLEMS)[number];

/** The result of looking up evidence: the file's SHA-256 (64 hexadecimal digits), or a problem. */
export type FoundEvidence = { readonly sha256: string } | { readonly problem: EvidenceProblem };

/** The meaning of a pointer to evidence: a path of a file, an https address, or neither. */
export type EvidenceReference =
  | { readonly path: string }
  | { readonly address: string }
  | { readonly problem: EvidenceProblem };

/** Schemes other than files. A file name may begin with a drive letter, or with a word and a colon. */
const SCHEME = /^(?:([a-z][a-z\d+.-]+):\/\/|(?:mailto|data|file|urn|javascript):)/i;

/** Parses a pointer to evidence. "docs/security.md#adapters" means the file, without the fragment. */
export function evidenceReference(text: string): EvidenceReference {
  const scheme = SCHEME.exec(text);
  if (scheme === null) return { path: text.split("#", 1)[0] ?? "" };
  if (scheme[1]?.toLowerCase() !== "https") return { problem: "other-address" };
  const url = URL.canParse(text) && !/\s/.test(text) ? new URL(text) : undefined;
  if (url === undefined || isPlaceholder(url.hostname)) return { problem: "broken-address" };
  return url.username === "" && url.password === "" ? { address: text } : { problem: "credentials" };
}
