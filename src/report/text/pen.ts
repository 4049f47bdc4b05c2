import type { ChalkInstance } from "chalk";
import { eastAsianWidth } from "get-east-asian-width";

/** What text is written with: colours or none, and how many columns a line has. */
export interface Pen {
  readonly paint: ChalkInstance;
  readonly width: number;
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
