import { isPlaceholder } from "./placeholder.js";

/** Why what an attestation points at is no evidence that anybody can look into. */
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

/** What was found of a piece of evidence: the digest of a file (64 hexadecimal digits), or what is wrong. */
export type FoundEvidence = { readonly sha256: string } | { readonly problem: EvidenceProblem };

/** What the text of a pointer to evidence is: a path of a file, an https address, or neither. */
export type EvidenceReference =
  | { readonly path: string }
  | { readonly address: string }
  | { readonly problem: EvidenceProblem };

/** Schemes of what is no file. A drive letter, or a word with a colon behind it, may begin a file's name. */
const SCHEME = /^(?:([a-z][a-z\d+.-]+):\/\/|(?:mailto|data|file|urn|javascript):)/i;

/** Reads a pointer to evidence. "docs/security.md#adapters" is the file, whatever its part. */
export function evidenceReference(text: string): EvidenceReference {
  const scheme = SCHEME.exec(text);
  if (scheme === null) return { path: text.split("#", 1)[0] ?? "" };
  if (scheme[1]?.toLowerCase() !== "https") return { problem: "other-address" };
  const url = URL.canParse(text) && !/\s/.test(text) ? new URL(text) : undefined;
  if (url === undefined || isPlaceholder(url.hostname)) return { problem: "broken-address" };
  return url.username === "" && url.password === "" ? { address: text } : { problem: "credentials" };
}
