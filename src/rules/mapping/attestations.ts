import type { Clause } from "../../model/clause.js";
import type { EvidenceProblem } from "../../model/evidence.js";
import { isPlaceholder } from "../../model/placeholder.js";
import type { Judging, Observation, PlacedAttestation } from "../../model/rule.js";
import { CLAUSES, type ClauseId } from "../../protocol/clauses/clauses.js";
import { logRule } from "../shared/define.js";
import { type Attested, attestationsMade } from "../sources/attestations.js";

/** An attestation that states something, and where. */
interface Placed extends Attested {
  readonly at: PlacedAttestation["at"];
  readonly evidence: string;
}

const ATTESTABLE: ReadonlySet<string> = new Set(
  CLAUSES.filter((clause: Clause) => clause.attestable).map(({ id }) => id),
);

const KNOWN: ReadonlySet<string> = new Set(CLAUSES.map(({ id }) => id));

/**
 * Clauses that only the runtime's authors can speak to: their attestations are shown as such, never as checks. One
 * counts where it states something, where its evidence can be looked into, and where no other contradicts it.
 */
export const attestations = logRule({
  id: "attestations",
  clauses: [
    "RG-7.1-4",
    "IS-7.2-1",
    "IS-7.2-2",
    "IS-13.1-3",
    "IS-13.2-4",
    "IS-13.3-1",
    "IS-13.3-2",
    "IS-12-1",
  ],
  alsoCites: ["RG-7.2-1", "RG-7.2-2", "RG-7.2-4"],
  title: "Attestations state a clause and name their evidence",
  why: "Nobody can verify a statement without evidence.",
  fix: "Attest each clause once, in words of your own; as evidence, name a file beside the document or an https address.",
  source: attestationsMade,
  checks: () => 0,
  judge: (_key, observations, judging) => {
    const stated = [...observations].flatMap((observation) => statedIn(observation, judging));
    for (const clause of new Set(stated.map((attested) => attested.clause)))
      judgeClause(
        clause as ClauseId,
        stated.filter((attested) => attested.clause === clause),
        judging,
      );
  },
});

/** The attestations of one document that state something of a clause that may be attested; a note for each other one. */
function statedIn(
  { at, value }: Observation<readonly Attested[]>,
  { emit }: Judging<ClauseId>,
): readonly Placed[] {
  return value.flatMap((attested) => {
    const { clause, statement, evidence = "", pointer } = attested;
    const note = { at, pointer, shape: "attestation", level: "NOTE" } as const;
    if (statement.trim() === "" || evidence.trim() === "")
      emit({ ...note, message: "an attestation without statement or evidence is ignored" });
    else if (!ATTESTABLE.has(clause))
      emit({
        ...note,
        message: "an attestation of a clause that evidence has to show is ignored",
        hint: KNOWN.has(clause) ? `it is about ${clause}` : "no clause has the id that it names",
      });
    else if (isPlaceholder(statement) || isPlaceholder(evidence))
      emit({
        ...note,
        message: "an attestation whose statement or evidence is a placeholder is ignored",
        hint: "say in words of your own what the runtime does, and where an auditor can verify it",
        clauses: [clause as ClauseId],
      });
    else return [{ ...attested, evidence, at }];
    return [];
  });
}

function judgeClause(clause: ClauseId, all: readonly Placed[], judging: Judging<ClauseId>): void {
  const [first] = all;
  if (first === undefined) return;
  const others = all.filter((attested) => !isSame(attested, first));
  for (const other of others) sayTheyDiffer(clause, first, other, judging);
  const unusable = all.filter((attested) => !isUsable(clause, attested, judging));
  if (others.length + unusable.length === 0) judging.attest(clause, shown(first));
}

function sayTheyDiffer(
  clause: ClauseId,
  first: Placed,
  { at, pointer }: Placed,
  { emit, refuseAttestation }: Judging<ClauseId>,
): void {
  emit({
    at,
    pointer,
    related: [first.at],
    relatedPointer: first.pointer,
    shape: "attestation",
    level: "NOTE",
    message: "two attestations of one clause differ, and so neither counts",
    hint: `both are about ${clause}: keep the one that is true`,
    clauses: [clause],
  });
  refuseAttestation(clause, "attested twice, in ways that differ");
}

/** True if the evidence of an attestation can be looked into; a note where it cannot. */
function isUsable(
  clause: ClauseId,
  { at, pointer, problem }: Placed,
  { emit, refuseAttestation }: Judging<ClauseId>,
): boolean {
  if (problem === undefined) return true;
  const { is, hint = NAME_A_FILE } = PROBLEMS[problem];
  emit({
    at,
    pointer: `${pointer}/evidence`,
    shape: "evidence",
    level: "NOTE",
    message: `the evidence of an attestation ${is}`,
    hint,
    clauses: [clause],
  });
  refuseAttestation(clause, `attested, but the evidence ${is}`);
  return false;
}

const NAME_A_FILE = "name a file in the folder of the document that attests, or an https address";

/** What is wrong with a piece of evidence, in words that follow "the evidence". */
const PROBLEMS: Readonly<Record<EvidenceProblem, { readonly is: string; readonly hint?: string }>> = {
  missing: { is: "is not there" },
  folder: { is: "is a folder", hint: "name the file in it that shows what is attested" },
  outside: { is: "leads out of the document's folder and was not read" },
  irregular: { is: "is no regular file" },
  unreadable: { is: "cannot be read" },
  "too-large": { is: "is larger than 1 GiB and was not read" },
  empty: { is: "is empty, or only a placeholder" },
  itself: { is: "is the document of the attestation itself" },
  "not-looked-up": {
    is: "was not looked up",
    hint: "attest in a document of its own, with few files as evidence: a line of a log has no folder",
  },
  "other-address": { is: "is an address, but not an https address" },
  credentials: {
    is: "is an address with a user name or password in it",
    hint: "remove the credentials from the address, and change them: others may have read them",
  },
  "broken-address": { is: "is not a complete https address" },
};

function isSame(one: Placed, other: Placed): boolean {
  return (
    wordsOf(one.statement) === wordsOf(other.statement) &&
    wordsOf(one.evidence) === wordsOf(other.evidence) &&
    one.sha256 === other.sha256
  );
}

function wordsOf(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}

function shown({ statement, evidence, sha256, at, pointer }: Placed): PlacedAttestation {
  return { statement, evidence, ...(sha256 !== undefined && { sha256 }), at, pointer };
}
