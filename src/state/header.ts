import type { StateHeader } from "./run-state.js";

const WORDS: Readonly<Record<keyof StateHeader, string>> = {
  version: "format",
  tool: "mplp-check",
  protocol: "clauses, schemas or invariants",
  policy: "waivers, baseline or levels",
  maxFindings: "--max-findings",
  maxRecordBytes: "--max-record-bytes",
  redact: "--redact",
  unwrap: "--unwrap",
};
/** A reader learns nothing from digests, so the message leaves them out. */
const DIGESTS: readonly string[] = ["protocol", "policy"];
const SHOWN = 40;

/** Why a state cannot be added to a run; undefined if it can be added. */
export function differenceIn(found: StateHeader, wanted: StateHeader): string | undefined {
  for (const name of Object.keys(WORDS) as (keyof StateHeader)[]) {
    if (found[name] === wanted[name]) continue;
    if (DIGESTS.includes(name)) return `the state was written with other ${WORDS[name]} than this run has`;
    const [other, own] = [found[name], wanted[name]].map((value) => String(value).slice(0, SHOWN));
    return `the state was written with ${WORDS[name]} ${other}, and this run has ${own}`;
  }
  return undefined;
}
