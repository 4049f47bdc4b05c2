import { printable } from "../../model/printable.js";
import type { LogRecord } from "../../model/subject.js";
import type { Hidden, Hiding } from "./place.js";

/** The text of a record as far as it is shown, and the characters that are not. */
interface WholeText {
  readonly text: string;
  /** How many characters of the record are left out at the end. */
  readonly rest: number;
}

/** Shows whole records; hidden text never. */
export interface Wholes {
  /** A whole record, or this number of its characters. */
  wholeOf(record: LogRecord, most: number): WholeText;
}

export function wholes(hiddenIn: Hiding): Wholes {
  return { wholeOf: (record, most) => wholeText(record, hiddenIn(record), most) };
}

/**
 * A whole record with hidden stretches replaced. Line ends stay, other characters are safe to show.
 *
 * @param most characters of the record to show; a hidden stretch is replaced whole
 */
function wholeText({ text }: LogRecord, hidden: readonly Hidden[], most: number): WholeText {
  const limit = Math.min(text.length, most);
  const end = hidden.find((each) => each.start < limit && limit < each.end)?.end ?? limit;
  return { text: withoutHidden(text, end, hidden), rest: text.length - end };
}

function withoutHidden(text: string, end: number, hidden: readonly Hidden[]): string {
  let result = "";
  let at = 0;
  for (const { start, end: until, shown } of hidden) {
    if (start >= end) break;
    result += safeLines(text.slice(at, start)) + shown;
    at = until;
  }
  return result + safeLines(text.slice(at, end));
}

function safeLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}
