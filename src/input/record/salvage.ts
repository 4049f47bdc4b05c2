import type { Span } from "../../json/json-scan.js";
import { parsedJson } from "../../model/parsed-json.js";
import { isJsonObject, type JsonObject } from "../../model/subject.js";

/** The usable parts of an invalid JSON text. Offsets are in UTF-16 code units. */
export interface Salvage {
  /** Complete objects in the text, in order. */
  readonly whole: readonly Span[];
  /** The rest between those before and those after it, if any. */
  readonly torn: Span | undefined;
}

/**
 * Finds the complete objects at both ends of a text. Half an event must not be judged, so an object that may be a
 * member of a torn one is taken only if it looks like an event. Looks at each character a few times at most.
 */
export function salvage(text: string): Salvage {
  const before: Span[] = [];
  const end = withoutFiller(text, text.length);
  let from = pastFiller(text, 0);
  while (before.length < MOST) {
    const next = nextWhole(text, from, end);
    if (next === undefined) break;
    before.push(next);
    from = pastFiller(text, next.end);
  }
  if (from >= end) return { whole: before, torn: undefined };
  const behind = wholeBehind(text, from, end);
  const torn = { start: from, end: behind[0]?.start ?? end };
  return { whole: [...before, ...behind], torn: withoutFiller(text, torn.end) > from ? torn : undefined };
}

/** The complete objects after a torn one that begins at `from`. */
function wholeBehind(text: string, from: number, end: number): Span[] {
  const found: Span[] = [];
  let isLast = true;
  for (let to = withoutTail(text, from, end); found.length < MOST; to = withoutFiller(text, to)) {
    isLast &&= to === end || found.length > 0;
    const last = lastWhole(text, from, to, isLast);
    if (last === undefined) break;
    found.push(last);
    to = last.start;
  }
  return found.reverse();
}

/** Largest number of objects read from one line. */
const MOST = 100_000;

/** Characters that may separate records: white space, commas, NUL, byte order and record separator marks. */
const FILLER = new Set([" ", "\t", "\r", "\n", ",", "\0", "\ufeff", "\u001e"]);
const BLANK = new Set([" ", "\t", "\r", "\n"]);

function pastFiller(text: string, from: number): number {
  let at = from;
  while (FILLER.has(text[at] ?? "")) at++;
  return at;
}

function withoutFiller(text: string, end: number): number {
  let at = end;
  while (FILLER.has(text[at - 1] ?? "")) at--;
  return at;
}

/** The array's end may have been read as the end of its broken element. */
function withoutTail(text: string, from: number, end: number): number {
  let at = end;
  while (at > from && (text[at - 1] === "]" || FILLER.has(text[at - 1] ?? ""))) at--;
  return at;
}

/** The complete object at `from`, unless the following text makes it part of something larger. */
function nextWhole(text: string, from: number, to: number): Span | undefined {
  if (from >= to || text[from] !== "{") return undefined;
  const end = pastObject(text, from, to);
  if (end < 0) return undefined;
  const next = pastFiller(text, end);
  const isFollowed = next >= to || text[next] === "{";
  return isFollowed && parsed(text, from, end) !== undefined ? { start: from, end } : undefined;
}

/** The complete object that ends at `to`. If further brackets follow, it may be a member of another object. */
function lastWhole(text: string, from: number, to: number, isLast: boolean): Span | undefined {
  const start = objectStart(text, from, to);
  if (start < 0) return undefined;
  const value = parsed(text, start, to);
  if (value === undefined) return undefined;
  const isOfItsOwn = isLast && text[from] === "{" && !mayBeMember(text, from, start);
  return isOfItsOwn || looksLikeEvent(value) ? { start, end: to } : undefined;
}

function mayBeMember(text: string, from: number, start: number): boolean {
  let at = start;
  while (at > from && BLANK.has(text[at - 1] ?? "")) at--;
  return at > from && ":,[".includes(text[at - 1] ?? "");
}

function parsed(text: string, start: number, end: number): JsonObject | undefined {
  const value = parsedJson(text.slice(start, end));
  return isJsonObject(value) ? value : undefined;
}

const CORE = ["event_id", "event_type", "event_family", "timestamp"];

function looksLikeEvent(value: JsonObject): boolean {
  return CORE.filter((name) => Object.hasOwn(value, name)).length >= 2;
}

/** The offset after the object that starts at `from`, counting only brackets and quotes, or -1. */
function pastObject(text: string, from: number, to: number): number {
  let [depth, inString] = [0, false];
  for (let at = from; at < to; at++) {
    const character = text[at];
    if (character === '"') inString = !inString;
    else if (inString && character === "\\") at++;
    else if (!inString && (character === "{" || character === "[")) depth++;
    else if (!inString && (character === "}" || character === "]")) depth--;
    if (depth === 0) return at + 1;
  }
  return -1;
}

/**
 * The start of the object that ends at `to`, or -1. A complete object can be read backwards, whatever precedes it.
 */
function objectStart(text: string, from: number, to: number): number {
  if (text[to - 1] !== "}") return -1;
  let [depth, inString] = [0, false];
  for (let at = to - 1; at >= from; at--) {
    const character = text[at];
    if (character === '"' && !isEscaped(text, from, at)) inString = !inString;
    else if (!inString && (character === "}" || character === "]")) depth++;
    else if (!inString && (character === "{" || character === "[")) depth--;
    if (depth === 0) return character === "{" ? at : -1;
  }
  return -1;
}

function isEscaped(text: string, from: number, at: number): boolean {
  let first = at;
  while (first > from && text[first - 1] === "\\") first--;
  return (at - first) % 2 === 1;
}
