import { LEVELS } from "../../model/clause.js";
import { thousands } from "../../model/counted.js";
import { printable, withoutCommands } from "../../model/printable.js";
import type { Surface } from "../shared/surface.js";
import { columnsOf, penFor, wrapped } from "../text/pen.js";
import type { TrendPoint } from "./point.js";
import { changedIn, type Trend, trendSentence } from "./words.js";

const HEADS = ["verdict", ...LEVELS, "new", "gone", "report"];

/** The reports as a table for people at a terminal: findings by level, new and gone ones since the report before. */
export function* renderTextTrend(trend: Trend, surface: Surface): Iterable<string> {
  const pen = penFor(surface);
  const rows = [HEADS, ...trend.points.map(cellsOf)];
  const widths = HEADS.map((_, column) => Math.max(...rows.map((row) => columnsOf(row[column] ?? ""))));
  const sentence = pen.paint.bold(printable(trendSentence(trend)));
  yield `${withoutCommands(sentence)}\n\n`;
  for (const [index, row] of rows.entries()) {
    const line = withoutCommands(lineOf(row, widths));
    yield `${index === 0 ? pen.paint.dim(line) : line}\n`;
  }
  for (const [index, { since }] of trend.points.entries())
    for (const caution of since?.cautions ?? [])
      for (const line of wrapped(printable(caution), `caution, report ${index + 1}: `, 4, pen))
        yield withoutCommands(line);
}

function cellsOf(point: TrendPoint): readonly string[] {
  const { verdict, tallies, file, label } = point;
  const counts = [
    ...LEVELS.map((level) => tallies[level].defects),
    changedIn(point, "new"),
    changedIn(point, "gone"),
  ].map((count) => (count === undefined ? "-" : thousands(count)));
  return [printable(verdict), ...counts, printable(label === file ? file : `${label} (${file})`)];
}

/** Numbers are aligned to the right, texts to the left. */
function lineOf(cells: readonly string[], widths: readonly number[]): string {
  const padded = cells.map((cell, column) => {
    const blanks = " ".repeat(Math.max(0, (widths[column] ?? 0) - columnsOf(cell)));
    if (column === cells.length - 1) return cell;
    return column === 0 ? cell + blanks : blanks + cell;
  });
  return padded.join("  ");
}
