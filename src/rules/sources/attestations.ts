import { EVIDENCE_PROBLEMS, evidenceReference, type FoundEvidence } from "../../model/evidence.js";
import type { Attestation } from "../../model/mapping.js";
import type { DocumentText } from "../../model/subject.js";
import { withoutSecrets } from "../../privacy/mask.js";
import {
  list,
  nameOf,
  object,
  optional,
  pointer,
  sha256,
  text,
  type ValueOf,
} from "../shared/source/forms.js";
import { source } from "../shared/source/source.js";

/** One attestation with what was found where it points; the statement is the vendor's own words. */
const attested = object({
  clause: text,
  statement: text,
  evidence: optional(text),
  sha256: optional(sha256),
  problem: optional(nameOf(EVIDENCE_PROBLEMS)),
  pointer,
});
export type Attested = ValueOf<typeof attested>;

/** A statement is read by people; a longer one is cut. */
const MAX_TEXT = 500;

/** The attestations of each mapping. */
export const attestationsMade = source({
  of: "mapping",
  value: list(attested),
  keep: "all",
  // A mapping is no event: its parts have been read already.
  observe: ({ record, subject }) => {
    if (subject.kind !== "mapping" || subject.mapping.attestations.length === 0) return undefined;
    const found = record.document?.evidence;
    return { key: "attestations", value: subject.mapping.attestations.map((each) => kept(each, found)) };
  },
});

function kept(
  { clause, statement, evidence, pointer }: Attestation,
  found: DocumentText["evidence"],
): Attested {
  return {
    clause,
    statement: withoutSecrets(statement).slice(0, MAX_TEXT),
    ...(evidence !== undefined && {
      evidence: withoutSecrets(evidence).slice(0, MAX_TEXT),
      ...lookedUp(evidence, found),
    }),
    pointer,
  };
}

function lookedUp(evidence: string, found: DocumentText["evidence"]): FoundEvidence | undefined {
  const reference = evidenceReference(evidence);
  if ("problem" in reference) return reference;
  if ("address" in reference) return undefined;
  return found?.get(evidence) ?? { problem: "not-looked-up" };
}
