import type { PageText } from "./blocks.js";

/** A run of text within a line, inside or outside a code span. */
interface Part extends PageText {
  readonly isCode: boolean;
}

/** Splits a stretch into code spans (without their ticks) and the text between them. */
export function textParts({ text, start }: PageText): readonly Part[] {
  const runs = [...text.matchAll(/`+/g)].map(({ index, 0: ticks }) => ({ index, length: ticks.length }));
  const latest = new Map<number, number>();
  const closers: (number | undefined)[] = [];
  for (let at = runs.length - 1; at >= 0; at--) {
    const { length } = runs[at] ?? { length: 0 };
    closers[at] = latest.get(length);
    latest.set(length, at);
  }
  const parts: Part[] = [];
  let end = 0;
  const add = (from: number, to: number, isCode: boolean): void => {
    if (to > from) parts.push({ text: text.slice(from, to), start: start + from, isCode });
  };
  for (let at = 0; at < runs.length; at++) {
    const [opener, closer] = [runs[at], runs[closers[at] ?? -1]];
    if (opener === undefined || closer === undefined || text[opener.index - 1] === "\\") continue;
    add(end, opener.index, false);
    add(opener.index + opener.length, closer.index, true);
    end = closer.index + closer.length;
    at = closers[at] ?? at;
  }
  add(end, text.length, false);
  return parts;
}

/** The stretch as a reader sees it: without what is struck out, emphasis, links, tags or escapes. */
export function plain(stretch: PageText): string {
  return textParts(stretch)
    .map(({ text, isCode }) => (isCode ? text : unmarked(text)))
    .join("")
    .replace(/\s+/g, " ")
    .trim();
}

/** Struck-out text does not count. */
const STRUCK_OUT = /~~[^~]*~~|<(?:del|s|strike)>[^<]*<\/(?:del|s|strike)>/gi;

function unmarked(text: string): string {
  return text
    .replace(STRUCK_OUT, " ")
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, "$1")
    .replace(/<\/?[a-zA-Z][^<>]*>/g, " ")
    .replace(/(?<![.\\])\*+(?=[^\s*])|(?<=[^\s.\\])\*+/g, "")
    .replace(/(?<![\p{L}\d_\\])_+(?=\S)|(?<=[^\s\\_])_+(?![\p{L}\d_])/gu, "")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&amp;", "&")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1");
}

/** The stretch with blanks in place of code spans, so that only remarks are found and offsets still hold. */
export function remarksOf(stretch: PageText): string {
  let remarks = "";
  for (const { text, start, isCode } of textParts(stretch)) {
    remarks = remarks.padEnd(start - stretch.start) + (isCode ? " ".repeat(text.length) : text);
  }
  return remarks.padEnd(stretch.text.length);
}

const SEPARATOR = /[,;]|<br\s*\/?>|\s(?:and|&|\+)(?=\s)/iy;

/** Splits a stretch at commas, semicolons, line breaks and "and", except in code spans and brackets. */
export function piecesOf(stretch: PageText): readonly PageText[] {
  const outside = remarksOf(stretch);
  const pieces: PageText[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < outside.length; at++) {
    const character = outside[at] ?? "";
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth = Math.max(0, depth - 1);
    if (depth > 0) continue;
    SEPARATOR.lastIndex = at;
    if (!SEPARATOR.test(outside)) continue;
    pieces.push(cut(stretch, from, at));
    from = SEPARATOR.lastIndex;
    at = from - 1;
  }
  pieces.push(cut(stretch, from, stretch.text.length));
  return pieces.filter(({ text }) => text !== "");
}

/** A part of a stretch, without the blanks around it. */
export function cut({ text, start }: PageText, from: number, to: number): PageText {
  const part = text.slice(from, to);
  return { text: part.trim(), start: start + from + Math.max(0, part.search(/\S/)) };
}

/** The lines of a stretch. */
export function linesIn(stretch: PageText): readonly PageText[] {
  const lines: PageText[] = [];
  let from = 0;
  for (const line of stretch.text.split("\n")) {
    lines.push(cut(stretch, from, from + line.length));
    from += line.length + 1;
  }
  return lines.filter(({ text }) => text !== "");
}
