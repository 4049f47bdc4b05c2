import { scaleLinear, scalePoint } from "d3-scale";
import { line } from "d3-shape";
import type { FindingLevel } from "../../model/clause.js";
import { counted, thousands } from "../../model/counted.js";
import { html, type Markup } from "../html/markup.js";
import { levelsIn, type Trend } from "./words.js";

const [WIDTH, HEIGHT] = [640, 260];
const MARGIN = { top: 16, right: 96, bottom: 32, left: 48 } as const;
const TICKS = 4;
/** Up to this number of reports, each has its number below the picture; if there are more, only some. */
const NUMBERED = 12;
/** Labels at the end of lines do not come nearer to each other. */
const LABEL_HEIGHT = 20;

/** The findings of each level over the reports, as lines. The table has the numbers. */
export function trendPicture(trend: Trend): Markup {
  const { points } = trend;
  const levels = levelsIn(trend);
  const most = Math.max(1, ...levels.flatMap((level) => points.map(({ tallies }) => tallies[level].defects)));
  const x = scalePoint(points.keys(), [MARGIN.left, WIDTH - MARGIN.right]);
  const y = scaleLinear([0, most], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(TICKS);
  const at = (level: FindingLevel, index: number): readonly [number, number] => [
    round(x(index) ?? 0),
    round(y(points[index]?.tallies[level].defects ?? 0)),
  ];
  const ends = spreadOut(levels.map((level) => ({ level, y: at(level, points.length - 1)[1] })));
  const grid = y
    .ticks(TICKS)
    .filter(Number.isInteger)
    .map((tick) => gridLine(tick, round(y(tick))));
  const marks = levels.map((level) => levelLine(level, trend, at));
  const labels = ends.map(
    (end) =>
      html`<text class="end" data-level="${end.level}" x="${WIDTH - MARGIN.right + 12}" y="${round(end.y)}">${end.level}</text>`,
  );
  return html`<svg class="trend" role="img" aria-label="Findings by level over ${counted(points.length, "report")}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${grid}${numbers(points.length, x)}${marks}${labels}</svg>\n`;
}

function gridLine(tick: number, y: number): Markup {
  return html`<path class="grid" d="M${MARGIN.left} ${y}H${WIDTH - MARGIN.right}"/><text class="tick" x="${MARGIN.left - 10}" y="${y}">${thousands(tick)}</text>`;
}

/** The numbers of the reports below the picture, as the table has them. */
function numbers(count: number, x: (index: number) => number | undefined): readonly Markup[] {
  const step = Math.ceil(count / NUMBERED);
  const shown = Array.from({ length: count }, (_, index) => index).filter((index) => index % step === 0);
  return shown.map(
    (index) => html`<text class="number" x="${round(x(index) ?? 0)}" y="${HEIGHT - 8}">${index + 1}</text>`,
  );
}

function levelLine(
  level: FindingLevel,
  { points }: Trend,
  at: (level: FindingLevel, index: number) => readonly [number, number],
): Markup {
  const places = points.map((_, index) => at(level, index));
  const path = line<readonly [number, number]>(
    ([px]) => px,
    ([, py]) => py,
  )(places);
  const dots = places.map(([px, py]) => html`<circle cx="${px}" cy="${py}" r="3"/>`);
  return html`<g class="line" data-level="${level}"><path d="${path ?? ""}"/>${dots}</g>`;
}

interface End {
  readonly level: FindingLevel;
  readonly y: number;
}

/** Labels from the top to the bottom, none over another; the lowest ones stay in the picture. */
function spreadOut(ends: readonly End[]): readonly End[] {
  const sorted = [...ends].sort((a, b) => a.y - b.y);
  const lowest = HEIGHT - MARGIN.bottom;
  let from = MARGIN.top;
  return sorted.map(({ level, y }, index) => {
    const room = lowest - (sorted.length - 1 - index) * LABEL_HEIGHT;
    const own = Math.min(Math.max(y, from), room);
    from = own + LABEL_HEIGHT;
    return { level, y: own };
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
