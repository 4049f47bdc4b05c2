import type { Report, Verdict } from "../../model/report.js";
import { toneOf } from "./tone.js";

/** How far a verdict goes, for formats of few words: only "good" has nothing to add. */
export type Standing = "good" | "waived" | "open" | "bad";

const WAIVED: readonly Verdict[] = ["conformant-with-waivers", "no-violations-found-with-waivers"];

export function standingOf(report: Report): Standing {
  const tone = toneOf(report);
  if (tone !== "good") return tone;
  if (report.reservations.length > 0) return "open";
  return WAIVED.includes(report.verdict) ? "waived" : "good";
}
