import { lastAtMost, startsOf } from "../../documents/places.js";

/** A page prepared for the parser, line for line, with a map back to the original text. */
export interface Page {
  readonly text: string;
  /** Converts an offset in the page into an offset in the original text. */
  readonly origin: (offset: number) => number;
  /** Offset in the original text of a line whose containers nest too deeply; undefined if there is none. */
  readonly tooDeep: number | undefined;
}

/** Removes trailing blanks, carriage returns, front matter and deep nesting. */
export function pageOf(text: string): Page {
  const lines = text.split("\n").map((line) => line.trimEnd());
  const skipped = frontMatterLines(lines);
  const deep = lines.findIndex((line, index) => index >= skipped && isTooDeep(line));
  const page = lines
    .map((line, index) => (index < skipped || isTooDeep(line) || isFarIn(line) ? "" : line))
    .join("\n");
  const [from, to] = [startsOf(page), startsOf(text)];
  return {
    text: page,
    origin: (offset) => {
      const line = lastAtMost(from, offset);
      return (to[line] ?? 0) + offset - (from[line] ?? 0);
    },
    tooDeep: deep < 0 ? undefined : to[deep],
  };
}

/** Number of lines of the front matter, with its fences. */
function frontMatterLines(lines: readonly string[]): number {
  const [fence] = lines;
  if (fence !== "---" && fence !== "+++") return 0;
  return lines.findIndex((line, index) => index > 0 && (line === fence || line === "...")) + 1;
}

const CONTAINER = /[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))/y;
const MAX_CONTAINERS = 20;
const RULE = /^[ \t]*(?:(?:-[ \t]*)+|(?:\*[ \t]*)+)$/;

/** True if the line nests more quotes and lists than any real page. */
function isTooDeep(line: string): boolean {
  if (RULE.test(line)) return false;
  CONTAINER.lastIndex = 0;
  for (let count = 0; count <= MAX_CONTAINERS; count++) {
    if (!CONTAINER.test(line)) return false;
  }
  return true;
}

/** Lists nest by indentation: further in there is only code, or text that nobody wrote by hand. */
const MAX_INDENTATION = 200;

function isFarIn(line: string): boolean {
  return line.search(/\S/) > MAX_INDENTATION;
}
