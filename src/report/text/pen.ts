import { Chalk, type ChalkInstance } from "chalk";
import { eastAsianWidth } from "get-east-asian-width";
import type { Surface } from "../shared/surface.js";

/** What text is written with: colours or none, and how many columns a line has. */
export interface Pen {
  readonly paint: ChalkInstance;
  readonly width: number;
  /** A text that leads to an address where it is shown on a terminal that knows links; else the text. */
  link(text: string, address: string | undefined): string;
}

/** Columns of a line where nobody says how many there are. */
const WIDTH = 100;
/** Below this nothing could be told apart. */
const NARROWEST = 40;

export function penFor({ color, links = false, width = WIDTH }: Surface): Pen {
  return {
    paint: new Chalk({ level: color ? 1 : 0 }),
    width: Math.max(NARROWEST, width),
    link: (text, address) => (links && address !== undefined ? linked(text, address) : text),
  };
}

/** OSC 8, as terminals have it from each other. */
function linked(text: string, address: string): string {
  return `\u001b]8;;${address}\u001b\\${text}\u001b]8;;\u001b\\`;
}

/**
 * A text over as many lines as it needs, broken at blanks; a word that is longer than a line is left whole.
 *
 * @param head stands before the first line and takes `indent` columns, as the blanks before the others do
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

/** How many columns of a terminal a printable text takes. */
export function columnsOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let columns = 0;
  for (const character of text)
    if (!MARK.test(character)) columns += eastAsianWidth(character.codePointAt(0) ?? 0);
  return columns;
}
