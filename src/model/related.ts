import type { Finding, Location } from "./finding.js";

/** The evidence of one location: `related` lists that of all locations, in their order. */
export function relatedTo(finding: Finding, index: number): readonly Location[] {
  const each = finding.related.length / finding.locations.length;
  return Number.isInteger(each) ? finding.related.slice(index * each, (index + 1) * each) : [];
}
