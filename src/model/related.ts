import type { Finding, Location } from "./finding.js";

/** Evidence of one location: `related` is a list over all locations, in their order. */
export function relatedTo(finding: Finding, index: number): readonly Location[] {
  const each = finding.related.length / finding.locations.length;
  return Number.isInteger(each) ? finding.related.slice(index * each, (index + 1) * each) : [];
}
