import type { Clause } from "../../model/clause.js";
import { CLAUSES, type ClauseId } from "../../spec/clauses.js";
import type { MplpLogRule } from "../define.js";

/** One attestation as it is kept; the statement is the vendor's own words. */
interface Attested {
  readonly clause: string;
  readonly statement: string;
  readonly evidence: string | undefined;
  readonly pointer: string;
}

const ATTESTABLE: ReadonlySet<string> = new Set(
  CLAUSES.filter((clause: Clause) => clause.attestable).map(({ id }) => id),
);

/** A statement is read by people; a longer one is cut. */
const MAX_TEXT = 500;

/** Clauses that only the runtime's authors can speak to: their attestations are shown as such, never as checks. */
export const attestations: MplpLogRule<readonly Attested[]> = {
  evidence: "log",
  id: "attestations",
  clauses: ["RG-7.1-4", "IS-7.2-1", "IS-7.2-2", "IS-13.3-1"],
  title: "Attestations state a clause and point at evidence",
  why: "A statement that points at nothing cannot be looked into.",
  fix: "Give each attestation the id of its clause, a statement, and a pointer to the evidence for it.",
  scopes: ["mapping"],
  store: "map",
  order: "log",
  atLeast: 1,
  observe: ({ subject }) => {
    if (subject.kind !== "mapping" || subject.mapping.attestations.length === 0) return undefined;
    const value = subject.mapping.attestations.map(({ clause, statement, evidence, pointer }) => ({
      clause,
      statement: statement.slice(0, MAX_TEXT),
      evidence: evidence?.slice(0, MAX_TEXT),
      pointer,
    }));
    return { key: "attestations", value };
  },
  checks: () => 0,
  judge: (_key, observations, { emit, attest }) => {
    for (const { at, value } of observations) {
      for (const { clause, statement, evidence, pointer } of value) {
        const ignored = (message: string, hint?: string) =>
          emit({ at, pointer, message, ...(hint && { hint }), shape: "attestation", level: "NOTE" });
        if (statement.trim() === "" || evidence === undefined || evidence.trim() === "")
          ignored("an attestation without statement or evidence counts for nothing");
        else if (!ATTESTABLE.has(clause))
          ignored("an attestation of what evidence has to show counts for nothing", `it is about ${clause}`);
        else attest(clause as ClauseId, { statement, evidence, at, pointer });
      }
    }
  },
};
