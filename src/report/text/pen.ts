import { Chalk, type ChalkInstance } from "chalk";
import { eastAsianWidth } from "get-east-asian-width";
import type { Surface } from "../shared/surface.js";

/** The way to write text: with colours or without, and the columns of a line. */
export interface Pen {
  readonly paint: ChalkInstance;
  readonly width: number;
  /** A text with a link to an address if the terminal shows links; else the text alone. */
  link(text: string, address: string | undefined): string;
}

/** The columns of a line if their number is unknown. */
const WIDTH = 100;
/** In fewer columns a report is unreadable. */
const NARROWEST = 40;

export function penFor({ color, links = false, width = WIDTH }: Surface): Pen {
  return {
    paint: new Chalk({ level: color ? 1 : 0 }),
    width: Math.max(NARROWEST, width),
    link: (text, address) => (links && address !== undefined ? linked(text, address) : text),
  };
}

/** OSC 8, as terminals commonly read it. */
function linked(text: string, address: string): string {
  return `\u001b]8;;${address}\u001b\\${text}\u001b]8;;\u001b\\`;
}

/**
 * Wraps a text at blanks. A word that is longer than a line stays whole.
 *
 * @param head text before the first line; it fills `indent` columns, as blanks do on the other lines
 */
export function* wrapped(
  text: string,
  head: string,
  indent: number,
  { width }: Pen,
  styled = (line: string): string => line,
): Iterable<string> {
  let line = "";
  let lead = head;
  for (const word of text.split(" ")) {
    if (line !== "" && indent + columnsOf(line) + 1 + columnsOf(word) > width) {
      yield `${lead}${styled(line)}\n`;
      lead = " ".repeat(indent);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  yield `${lead}${styled(line)}\n`;
}

const MARK = /^\p{M}$/u;

/** The terminal columns that a printable text takes. */
export function columnsOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let columns = 0;
  for (const character of text)
    if (!MARK.test(character)) columns += eastAsianWidth(character.codePointAt(0) ?? 0);
  return columns;
}
