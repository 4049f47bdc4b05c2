import { safeJson } from "../../model/printable.js";
import type { Selftest } from "../../model/selftest.js";
import { VERSION } from "../../package/version.js";

/** The selftest as JSON, described by schemas/selftest.schema.json. */
export function* renderJsonSelftest(selftest: Selftest): Iterable<string> {
  const tool = { name: "mplp-check", version: VERSION };
  yield `${safeJson({ schemaVersion: 1, tool, ...selftest }, 2)}\n`;
}
