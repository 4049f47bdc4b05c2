import type { Excerpt, Location } from "../../model/finding.js";
import { loggable } from "../../model/printable.js";
import { clipped } from "../shared/clipped.js";
import { placeText } from "../shared/wording.js";
import { columnsOf, type Pen } from "./pen.js";

/** Columns of the line number and the rule beside it. */
const GUTTER = 6;
/** Columns before a pointer that has its own line. */
const POINTER = 9;
/** Columns to keep before a value, if the value and the text before it do not fit into a line. */
const LEAD = 16;

/** A place, its line, and marks under the value. */
export function* placeLines(location: Location, pen: Pen): Iterable<string> {
  const { paint, width } = pen;
  yield* whereLines(location, pen);
  const { excerpt } = location;
  if (excerpt === undefined) return;
  const { text, start, length } = fitted(excerpt, width - GUTTER - 3);
  const [before, value, after] = [
    text.slice(0, start),
    text.slice(start, start + length),
    text.slice(start + length),
  ].map(loggable) as [string, string, string];
  const marks = "^".repeat(Math.max(1, columnsOf(value)));
  const gutter = (content: string): string => paint.dim(`${content.padStart(GUTTER)} │ `);
  yield `${gutter(String(excerpt.line))}${before}${value}${after}\n`;
  yield `${gutter("")}${" ".repeat(columnsOf(before))}${paint.red(marks)}\n`;
}

/** The place, and the pointer: beside it if it fits, else below. */
function* whereLines(location: Location, { paint, width }: Pen): Iterable<string> {
  const place = loggable(placeText(location));
  const pointer = loggable(clipped(location.pointer ?? "", width - POINTER));
  if (pointer === "") return yield `  ${paint.cyan(place)}\n`;
  const fits = 2 + columnsOf(place) + 2 + columnsOf(pointer) <= width;
  yield `  ${paint.cyan(place)}${fits ? "  " : `\n${" ".repeat(POINTER)}`}${paint.dim(pointer)}\n`;
}

/** The part of an excerpt that fits into this number of columns and contains the value. */
function fitted(
  { text, start, length }: Excerpt,
  columns: number,
): Pick<Excerpt, "text" | "start" | "length"> {
  if (columnsOf(text) <= columns) return { text, start, length };
  const end = start + length;
  const from = end < columns ? 0 : Math.max(0, Math.min(end + 2 - columns, start - LEAD));
  const head = from > 0 ? "…" : "";
  const rest = text.slice(from);
  const room = columns - head.length;
  const shown = rest.length > room ? `${rest.slice(0, room - 1)}…` : rest;
  return { text: head + shown, start: start - from + head.length, length };
}
