import { safeJson } from "../model/printable.js";
import type { Report } from "../model/report.js";

/** The report as JSON, described by schemas/report.schema.json. */
export function* renderJson(report: Report): Iterable<string> {
  yield `${safeJson(report, 2)}\n`;
}
