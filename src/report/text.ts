import { Chalk } from "chalk";
import { printable, withoutCommands } from "../model/printable.js";
import type { Report } from "../model/report.js";
import { verdictSentence } from "../model/verdict-sentence.js";
import { clauseFacts, clauseTable, runFacts } from "./text/facts.js";
import { findingsLines } from "./text/findings.js";
import type { Pen } from "./text/pen.js";
import { toneOf } from "./tone.js";

/** Columns of a line where nobody says how many there are. */
const WIDTH = 100;
/** Below this nothing could be told apart. */
const NARROWEST = 40;

/** How the report for people is written. */
export interface TextStyle {
  /** Whether ANSI colours are wanted. */
  readonly color: boolean;
  /** Columns of a line; 100 without it. */
  readonly width?: number;
}

/** The report for people: each finding with its evidence, a table of clauses, the verdict in one sentence. */
export function* renderText(report: Report, { color, width = WIDTH }: TextStyle): Iterable<string> {
  const pen = { paint: new Chalk({ level: color ? 1 : 0 }), width: Math.max(NARROWEST, width) };
  for (const line of lines(report, pen)) yield withoutCommands(line);
}

function* lines(report: Report, pen: Pen): Iterable<string> {
  yield* findingsLines(report, pen);
  yield* runFacts(report, pen);
  yield "\n";
  yield* clauseTable(report, pen);
  yield "\n";
  const facts = [...clauseFacts(report, pen)];
  if (facts.length > 0) yield* [...facts, "\n"];
  yield verdictLine(report, pen);
}

function verdictLine(report: Report, { paint }: Pen): string {
  const { verdict } = report;
  const tone = { good: paint.green, open: paint.yellow, bad: paint.red }[toneOf(report)];
  return `${tone.bold(verdict)}: ${printable(verdictSentence(report))}\n`;
}
