import type { Finding, Location } from "../../model/finding.js";
import { relatedTo } from "../../model/related.js";

/** One place of a finding, for formats that have an entry for each place. */
export interface ListedFinding {
  readonly finding: Finding;
  readonly location: Location;
  readonly related: readonly Location[];
  /** The number, from 1, of this occurrence among those in its file with the finding's fingerprint. */
  readonly ordinal: number;
  /** Occurrences that are counted but not listed: all of the finding's at its last listed place, 0 elsewhere. */
  readonly unlisted: number;
}

/**
 * Every listed place of the findings. If there is a limit, the findings with most places lose places first. A finding
 * is left out only if there are more findings than the limit.
 */
export function* listedFindings(
  findings: readonly Finding[],
  limit = Number.POSITIVE_INFINITY,
): Iterable<ListedFinding> {
  const most = mostPlaces(findings, limit);
  const ordinals = new Map<string, number>();
  for (const finding of findings.slice(0, limit)) {
    const locations = finding.locations.slice(0, most);
    for (const [index, location] of locations.entries()) {
      const key = `${finding.fingerprint} ${location.path}`;
      const ordinal = (ordinals.get(key) ?? 0) + 1;
      ordinals.set(key, ordinal);
      const unlisted = index === locations.length - 1 ? finding.count - locations.length : 0;
      yield { finding, location, related: relatedTo(finding, index), ordinal, unlisted };
    }
  }
}

/** The most places for each finding that keep all together within the limit; at least 1. */
function mostPlaces(findings: readonly Finding[], limit: number): number {
  const sizes = findings.map(({ locations }) => locations.length).sort((a, b) => a - b);
  let left = limit;
  for (const [index, size] of sizes.entries()) {
    const share = Math.floor(left / (sizes.length - index));
    if (size > share) return Math.max(1, share);
    left -= size;
  }
  return Number.POSITIVE_INFINITY;
}
