import type { Report } from "../model/report.js";

/** The report as JSON, described by schemas/report.schema.json. */
export function* renderJson(report: Report): Iterable<string> {
  yield `${JSON.stringify(report, undefined, 2)}\n`;
}
