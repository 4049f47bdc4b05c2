import type { Occurrence, Report } from "../../src/index.js";

type Place = Pick<Occurrence, "path" | "line" | "record" | "absent">;

/** What a report says, but for paths, bytes, columns and excerpts; each place is what `name` makes of it. */
export function told(report: Report, name: (place: Place) => unknown): unknown {
  return {
    verdict: report.verdict,
    clauses: report.clauses.map(({ id, status, checked, violations, reason }) => [
      id,
      status,
      checked,
      violations,
      reason,
    ]),
    findings: report.findings.map(({ rule, level, message, hint, count, locations, related }) => ({
      rule,
      level,
      message,
      hint,
      count,
      locations: locations.map((place) => [name(place), place.pointer]),
      related: related.map((place) => [name(place), place.pointer]),
    })),
    graphs: report.graphs,
    errors: report.errors.map(({ message }) => message),
  };
}
