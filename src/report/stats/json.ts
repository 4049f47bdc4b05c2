import { safeJson } from "../../model/printable.js";
import { VERSION } from "../../package/version.js";
import type { Stats } from "./stats.js";

/** The statistics as JSON; `activity` is that of schemas/report.schema.json. */
export function* renderJsonStats(stats: Stats): Iterable<string> {
  const tool = { name: "mplp-check", version: VERSION };
  yield `${safeJson({ schemaVersion: 1, tool, ...stats }, 2)}\n`;
}
