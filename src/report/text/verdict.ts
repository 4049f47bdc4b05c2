import { printable } from "../../model/printable.js";
import type { Report } from "../../model/report.js";
import { verdictSentence } from "../../model/verdict-sentence.js";
import type { Surface } from "../shared/surface.js";
import { toneOf } from "../shared/tone.js";
import { type Pen, wrapped } from "./pen.js";

/** The verdict in one sentence. It is wrapped only for a screen: the last line of a file holds the whole sentence. */
export function verdictLines(report: Report, { width }: Surface, pen: Pen): Iterable<string> {
  const { verdict } = report;
  const tone = { good: pen.paint.green, open: pen.paint.yellow, bad: pen.paint.red }[toneOf(report)];
  const wide = { ...pen, width: width === undefined ? Number.POSITIVE_INFINITY : pen.width };
  const painted = (line: string): string =>
    line.startsWith(`${verdict}: `) ? tone.bold(verdict) + line.slice(verdict.length) : line;
  return wrapped(`${verdict}: ${printable(verdictSentence(report))}`, "", 0, wide, painted);
}
