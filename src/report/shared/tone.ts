import type { Report, Verdict } from "../../model/report.js";
import { exitCodeOf } from "../../model/verdict.js";

/** How a report is to be taken: as good news only where the run ends with 0. */
export type Tone = "good" | "open" | "bad";

const TONES: Readonly<Partial<Record<Verdict, Tone>>> = { nonconformant: "bad", inconclusive: "open" };

export function toneOf(report: Report): Tone {
  const tone = TONES[report.verdict] ?? "good";
  return tone === "good" && exitCodeOf(report) !== 0 ? "open" : tone;
}
