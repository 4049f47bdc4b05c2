import { durationWords } from "../../shared/durations.js";
import { html, type Markup } from "../markup.js";
import { d3 } from "./d3.js";

/** From and to, in seconds since 1970. */
export type Span = readonly [from: number, to: number];

/** Turns times into parts of a picture's width, from 0 to 1. */
export interface TimeScale {
  at(seconds: number): number;
  /** How many seconds are drawn. */
  readonly seconds: number;
  /** True if a time is neither before, nor after, nor in a stretch that was cut out. */
  shows(seconds: number): boolean;
  /** The stretches without anything that were cut out, where they are drawn. */
  readonly gaps: readonly { readonly from: number; readonly to: number; readonly seconds: number }[];
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

/** The most stretches that are cut out, and the width of each. */
const MOST_GAPS = 6;
const GAP = 0.05;
/** A stretch is cut out if it is longer than this part of all the rest. */
const LONG = 0.25;
const LEAST_PIECE = 0.02;
const INSTANT = 1e-3;

/** @param spans in which something happens, in any order; undefined if none has a time */
export function timeScale(spans: readonly Span[]): TimeScale | undefined {
  const known = spans.filter((span) => span.every(isTime));
  if (known.length === 0) return undefined;
  const pieces = piecesOf(joined(known));
  const [domain, range] = [pieces.flat(), rangesOf(pieces)];
  const scale = d3().scaleLinear().domain(domain).range(range.flat()).clamp(true);
  const gaps = pieces.slice(1).map(([to], index) => {
    const from = pieces[index]?.[1] ?? to;
    return { from: scale(from), to: scale(to), seconds: to - from };
  });
  return {
    at: (seconds) => scale(seconds),
    seconds: lengthOf(pieces),
    shows: (seconds) => pieces.some(([from, to]) => seconds >= from && seconds <= to),
    gaps,
    ticks: ticksOf(pieces, scale),
  };
}

/** Beyond these there are no dates; a report that somebody else wrote may hold anything. */
const MOST_SECONDS = 8.64e12;

/** True for seconds that a date can have. */
export function isTime(seconds: number): boolean {
  return Math.abs(seconds) < MOST_SECONDS;
}

function joined(spans: readonly Span[]): readonly Span[] {
  const all: [number, number][] = [];
  for (const [from, to] of spans.toSorted(([a], [b]) => a - b)) {
    const last = all.at(-1);
    if (last === undefined || from > last[1]) all.push([from, to]);
    else last[1] = Math.max(last[1], to);
  }
  return all;
}

/** What is left where long stretches between spans are cut out. */
function piecesOf(spans: readonly Span[]): readonly Span[] {
  const [first, last] = [spans[0]?.[0] ?? 0, spans.at(-1)?.[1] ?? 0];
  let rest = last - first;
  const cut = new Set<number>();
  const stretches = spans
    .slice(1)
    .map(([from], index) => ({ from, seconds: from - (spans[index]?.[1] ?? from) }));
  for (const { from, seconds } of stretches.sort((a, b) => b.seconds - a.seconds)) {
    if (cut.size === MOST_GAPS || seconds <= LONG * (rest - seconds)) break;
    cut.add(from);
    rest -= seconds;
  }
  const pieces: [number, number][] = [];
  for (const [from, to] of spans) {
    const piece = pieces.at(-1);
    if (piece === undefined || cut.has(from)) pieces.push([from, Math.max(to, from + INSTANT)]);
    else piece[1] = Math.max(to, piece[1]);
  }
  return pieces;
}

function lengthOf(pieces: readonly Span[]): number {
  return pieces.reduce((sum, [from, to]) => sum + to - from, 0);
}

function rangesOf(pieces: readonly Span[]): readonly Span[] {
  const total = lengthOf(pieces);
  const widths = pieces.map(([from, to]) => Math.max(LEAST_PIECE, (to - from) / total));
  const unit = (1 - GAP * (pieces.length - 1)) / widths.reduce((a, b) => a + b, 0);
  let at = 0;
  return widths.map((width) => {
    const range = [at, at + width * unit] as const;
    at = range[1] + GAP;
    return range;
  });
}

const TICKS = 5;
/** What a character of a label takes of the narrowest picture. */
const CHARACTER = 0.021;
const SHORT_DAY = 86_400;

function ticksOf(pieces: readonly Span[], scale: (seconds: number) => number): TimeScale["ticks"] {
  const ticks: { at: number; label: string }[] = [];
  const isLong = (pieces.at(-1)?.[1] ?? 0) - (pieces[0]?.[0] ?? 0) > SHORT_DAY;
  let free = 0;
  for (const [from, to] of pieces) {
    const wanted = Math.max(1, Math.round(TICKS * (scale(to) - scale(from))));
    const inside = d3()
      .scaleUtc()
      .domain([new Date(from * 1000), new Date(to * 1000)])
      .ticks(wanted)
      .map((tick) => tick.getTime() / 1000)
      .filter((tick) => tick >= from && tick <= to);
    for (const tick of inside.length > 0 ? inside : [from]) {
      const [at, label] = [scale(tick), labelOf(tick, to - from, isLong)];
      const width = label.length * CHARACTER;
      const left = Math.min(Math.max(0, at - width / 2), 1 - width);
      if (left < free) continue;
      ticks.push({ at, label });
      free = left + width + CHARACTER;
    }
  }
  return ticks;
}

/** @param seconds that the piece takes */
function labelOf(time: number, seconds: number, isLong: boolean): string {
  const text = new Date(time * 1000).toISOString();
  const [date = "", clock = ""] = text.slice(0, -1).split("T");
  if (isLong) return seconds > 2 * SHORT_DAY ? date : `${date} ${clock.slice(0, 5)}`;
  if (seconds < 10) return clock;
  return seconds < 7200 ? clock.slice(0, 8) : clock.slice(0, 5);
}

/** A part of the width as an attribute. */
export function percent(part: number): string {
  return `${Number((100 * part).toFixed(2))}%`;
}

/** The room that the axis takes below a picture. */
export const AXIS = 34;

/** Ticks with their labels below a picture, and what was cut out. */
export function axis({ ticks, gaps }: TimeScale, height: number): Markup {
  const lines = ticks.map(({ at, label }) => {
    const x = percent(at);
    return html`<line class="tick" x1="${x}" x2="${x}" y1="0" y2="${height}"/><text x="${x}" y="${height + 14}" text-anchor="${anchorAt(at, label)}">${label}</text>`;
  });
  let free = 0;
  const bands = gaps.map(({ from, to, seconds }) => {
    const [middle, words] = [(from + to) / 2, durationWords(seconds)];
    const isFree = middle - (words.length * CHARACTER) / 2 >= free;
    if (isFree) free = middle + ((words.length + 1) * CHARACTER) / 2;
    const label = isFree
      ? html`<text x="${percent(middle)}" y="${height + 29}" text-anchor="${anchorAt(middle, words)}">${words}</text>`
      : undefined;
    return html`<rect class="gap" x="${percent(from)}" y="0" width="${percent(to - from)}" height="${height}"><title>${words} without any event</title></rect>${label}`;
  });
  return html`<g class="axis">${bands}${lines}</g>`;
}

function anchorAt(at: number, label: string): "start" | "middle" | "end" {
  const half = (label.length * CHARACTER) / 2;
  if (at < half) return "start";
  return at > 1 - half ? "end" : "middle";
}

/** A time in UTC up to its milliseconds: "2026-01-05 08:00:02.047"; "" if there is none. */
export function timeWords(seconds: number | undefined): string {
  if (seconds === undefined || !isTime(seconds)) return "";
  return new Date(Math.round(seconds * 1000))
    .toISOString()
    .slice(0, -1)
    .replace("T", " ")
    .replace(/\.000$/, "");
}
