import type { Excerpt } from "../model/finding.js";
import { printable } from "../model/printable.js";
import type { LogRecord } from "../model/subject.js";
import { locate } from "./json-scan.js";

/** Where a value of a record stands, relative to the record's block. */
export interface Place {
  /** 0-based line of the record's start. */
  readonly line: number;
  /** 1-based, in UTF-16 code units: the value's where it stands on that line, else the record's. */
  readonly column: number;
  /** The value's own line (0-based) and the text around it. */
  readonly excerpt: Excerpt;
}

const BEFORE = 36;
const VALUE = 60;
const AFTER = 24;

/** Places the value that a pointer names. Of a missing value, the object that lacks it. */
export function placeOf(record: LogRecord, pointer: string): Place {
  const { start, end } = locate(record.text, pointer);
  const isContainer = record.text[start] === "{" || record.text[start] === "[";
  return placeAt(record, start, isContainer ? start + 1 : end);
}

/** Places a stretch of a record's text. */
export function placeAt(record: LogRecord, start: number, end: number = start + 1): Place {
  const { text, line, column } = record;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const isFirstLine = lineStart === 0;
  return {
    line,
    column: isFirstLine ? column + start : column,
    excerpt: excerptOf(text, lineStart, start, end, line + (isFirstLine ? 0 : newlinesBefore(text, start))),
  };
}

function newlinesBefore(text: string, offset: number): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

function excerptOf(text: string, lineStart: number, start: number, end: number, line: number): Excerpt {
  const newline = text.indexOf("\n", start);
  const lineEnd = newline < 0 ? text.length : newline;
  const from = Math.max(start - BEFORE, lineStart);
  const shownEnd = Math.min(end, start + VALUE, lineEnd);
  const to = Math.min(lineEnd, shownEnd + AFTER);
  const ahead = from > lineStart ? "…" : "";
  const behind = to < lineEnd ? "…" : "";
  return {
    line,
    text: ahead + printable(text.slice(from, to)) + behind,
    start: ahead.length + start - from,
    length: Math.max(1, shownEnd - start),
  };
}
