import { gzipSync } from "node:zlib";
import type { Report } from "../../src/index.js";
import { stored } from "./zstd-frames.js";

/** A clean event as a line. */
export function event(number: number, type: string): string {
  const event_id = `1b671a64-40d5-491e-99b0-${String(number).padStart(12, "0")}`;
  const event = { event_id, event_type: type, event_family: "intent", timestamp: "2026-01-05T08:00:00Z" };
  return `${JSON.stringify(event)}\n`;
}

/** A log whose only duplicate is at its beginning: read again, it is left there, with several chunks to come. */
const LOG = event(0, "first") + Array.from({ length: 10_000 }, (_, number) => event(number, "more")).join("");

/** The log, stored in three ways. */
export const REPEATED = { plain: LOG, gzip: gzipSync(LOG, { level: 0 }), zstd: stored(Buffer.from(LOG)) };

/** The first place of an id that comes again. */
export function duplicateOf(report: Report) {
  return report.findings.find(({ rule }) => rule === "event-id-unique")?.locations[0];
}
