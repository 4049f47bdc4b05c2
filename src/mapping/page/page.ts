import { lastAtMost, startsOf } from "../../documents/places.js";

/** A page as the parser can read it, line for line, and where its characters stand in the text. */
export interface Page {
  readonly text: string;
  /** The offset in the text as it came, of an offset in the page. */
  readonly origin: (offset: number) => number;
  /** Offset, in the text as it came, of a line whose containers are nested too deep to be read. */
  readonly tooDeep: number | undefined;
}

/** Takes away the blanks at the ends of lines, carriage returns among them, front matter and deep nesting. */
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

/** How many lines the front matter takes up, its fences included. */
function frontMatterLines(lines: readonly string[]): number {
  const [fence] = lines;
  if (fence !== "---" && fence !== "+++") return 0;
  return lines.findIndex((line, index) => index > 0 && (line === fence || line === "...")) + 1;
}

const CONTAINER = /[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))/y;
const MAX_CONTAINERS = 20;
const RULE = /^[ \t]*(?:(?:-[ \t]*)+|(?:\*[ \t]*)+)$/;

/** Whether a line opens more quotes and lists, one inside the other, than any page that people read. */
function isTooDeep(line: string): boolean {
  if (RULE.test(line)) return false;
  CONTAINER.lastIndex = 0;
  for (let count = 0; count <= MAX_CONTAINERS; count++) {
    if (!CONTAINER.test(line)) return false;
  }
  return true;
}

/** Lists are nested by indentation: this far in stands code, or nothing that people wrote. */
const MAX_INDENTATION = 200;

function isFarIn(line: string): boolean {
  return line.search(/\S/) > MAX_INDENTATION;
}
