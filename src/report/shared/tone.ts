import type { Report, Verdict } from "../../model/report.js";
import { exitCodeOf } from "../../model/verdict.js";

/** How good the news of a report is. It is only good if the run ends with 0. */
export type Tone = "good" | "open" | "bad";

const TONES: Readonly<Partial<Record<Verdict, Tone>>> = { nonconformant: "bad", inconclusive: "open" };

export function toneOf(report: Report): Tone {
  const tone = TONES[report.verdict] ?? "good";
  return tone === "good" && exitCodeOf(report) !== 0 ? "open" : tone;
}
