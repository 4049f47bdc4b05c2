import { MOST_CHECKS, MOST_TIME } from "../../../index.js";
import { DURATION, text, WHOLE_NUMBER } from "../kinds.js";
import type { CommandName, OptionRows } from "../row.js";

const SLICING: readonly CommandName[] = ["slice"];

/** The finding that a slice must show, and the limits of the search. */
export const SLICE = {
  finding: {
    kind: text("fingerprint"),
    commands: SLICING,
    says: "the finding: its fingerprint or the beginning of that, or a rule or clause that has one finding",
  },
  "max-checks": {
    kind: WHOLE_NUMBER,
    default: MOST_CHECKS,
    commands: SLICING,
    says: "most smaller logs to try; then the smallest one so far is written",
  },
  "max-time": {
    kind: DURATION,
    default: MOST_TIME,
    defaultInWords: `${MOST_TIME / 1000}s`,
    commands: SLICING,
    says: "longest time for the search, e.g. 5m; then the smallest log so far is written",
  },
} satisfies OptionRows;
