import { type AccessMode, type Ownership, ownershipOf } from "../../model/mapping.js";

/** The topic of a table's column, a label ("**Access**: ...") or a heading. */
export type Topic =
  | {
      readonly kind:
        | "module"
        | "access"
        | "ownership"
        | "owner"
        | "events"
        | "learning"
        | "reason"
        | "notes"
        | "clause"
        | "statement"
        | "evidence";
    }
  | AreasTopic;

/** Areas, or only those with one kind of access or ownership. */
export interface AreasTopic {
  readonly kind: "areas";
  readonly mode?: AccessMode;
  readonly ownership?: Ownership;
}

const NEGATED = /\b(?:not|never|no|non|without|except|examples?)\b/;

/** Spellings in lower case, with one blank for other characters than letters and digits. */
const TOPICS = [
  ["module", /^(?:(?:l2|mplp|source) )?(?:modules?|components?)(?: (?:names?|l2|(?:or )?components?))?$/],
  [
    "access",
    /^(?:psg )?(?:access(?: (?:modes?|type|rights|level|read write|r w))?|modes?|permissions?|r w|rw)$/,
  ],
  ["access", /^read write$/],
  ["ownership", /^(?:(?:psg|area|areas|data) )*ownership(?: (?:type|mode|kind))?$/],
  ["owner", /^(?:(?:psg|area|areas|data) )*owner$/],
  ["learning", /\blearning\b/],
  ["events", /\b(?:events?|hooks?|emits?|emitted)\b/],
  ["reason", /^(?:reason|rationale|why)$/],
  ["notes", /^(?:notes?|remarks?|comments?)$/],
  ["clause", /^clauses?(?: ids?)?$/],
  ["statement", /^(?:statement|attestation|claim)s?$/],
  ["evidence", /^(?:evidence|proof|references?)$/],
] as const;

const AREAS = [
  /\bpsg\b|\bareas?\b/,
  /\b(?:read|write)s? paths?$/,
  /^(?:(?:it|this module|the module) )?(?:touches|owns|(?:reads?|writes?)(?: (?:and|or) (?:reads?|writes?))?)(?: (?:to|from|the following))?$/,
];

/** The topic of some words; undefined if they are negated or their topic is unknown. */
export function topicOf(words: string): Topic | undefined {
  const spelling = spelled(words);
  if (spelling.length > MAX_LENGTH || NEGATED.test(spelling)) return undefined;
  const kind = TOPICS.find(([, pattern]) => pattern.test(spelling))?.[0];
  if (kind !== undefined) return { kind };
  if (!AREAS.some((pattern) => pattern.test(spelling))) return undefined;
  const mode = modeIn(spelling);
  const ownership = ownershipOf(spelling);
  return { kind: "areas", ...(mode && { mode }), ...(ownership && { ownership }) };
}

const MAX_LENGTH = 80;

/** True if the words negate something, or introduce only an example. */
export function isNegated(words: string): boolean {
  return NEGATED.test(spelled(words));
}

function spelled(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, " ")
    .trim();
}

/** "PSG reads" and "writes to" are about one mode of access; other words are about areas in general. */
function modeIn(spelling: string): AccessMode | undefined {
  const [reads, writes] = [/\breads?\b/.test(spelling), /\bwrites?\b/.test(spelling)];
  if (reads === writes) return undefined;
  return reads ? "READ" : "WRITE";
}
