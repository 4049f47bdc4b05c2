import type { ClauseId } from "../../protocol/clauses/clauses.js";

const ATTESTED = "the runtime's authors attest it, and no record of a log can break it";
const COVERAGE = "a report counts what there is, and nothing is a violation";
const SHOWN = "events can show that it is kept, and none can show that it is broken";

/** The clauses that no mutation can break, each with the reason. */
export const UNTESTABLE: Readonly<Partial<Record<ClauseId, string>>> = {
  "RG-6-1": COVERAGE,
  "RG-7.2-1": SHOWN,
  "RG-7.2-2": SHOWN,
  "RG-7.2-4": SHOWN,
  "IS-4.2-4": COVERAGE,
  "IS-7.2-1": ATTESTED,
  "IS-7.2-2": ATTESTED,
  "IS-12-1": ATTESTED,
  "IS-13.1-3": ATTESTED,
  "IS-13.2-4": ATTESTED,
  "IS-13.3-1": ATTESTED,
  "IS-13.3-2": ATTESTED,
};
