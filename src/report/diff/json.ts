import { safeJson } from "../../model/printable.js";
import { VERSION } from "../../package/version.js";
import type { Comparison } from "./comparison.js";

/** The comparison as JSON, described by schemas/diff.schema.json. */
export function* renderJsonDiff(comparison: Comparison): Iterable<string> {
  const tool = { name: "mplp-check", version: VERSION };
  yield `${safeJson({ schemaVersion: 1, tool, ...comparison }, 2)}\n`;
}
