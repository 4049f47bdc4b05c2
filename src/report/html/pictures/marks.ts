import { type FindingLevel, LEVELS } from "../../../model/clause.js";
import { counted, thousands } from "../../../model/counted.js";
import { secondsOf } from "../../../model/instant-text.js";
import type { Report } from "../../../model/report.js";
import { html, type Markup } from "../markup.js";
import { percent, type TimeScale } from "./time-scale.js";

/** The findings of one level that have a time. */
export interface Marks {
  readonly level: FindingLevel;
  /** Seconds since 1970. */
  readonly times: readonly number[];
  /** How many places the findings have, listed or not. */
  readonly places: number;
}

/** The findings that count, by level, from their listed places. */
export function marksOf({ findings }: Report): readonly Marks[] {
  return LEVELS.flatMap((level) => {
    const own = findings.filter((finding) => finding.level === level && finding.waiver === undefined);
    if (own.length === 0) return [];
    const times = own.flatMap(({ locations }) =>
      locations.flatMap(({ time }) => (time === undefined ? [] : [secondsOf(time)])),
    );
    return [{ level, times, places: own.reduce((sum, { count }) => sum + count, 0) }];
  });
}

export const MARKS = 28;

/** A row of marks under its label. */
export function marksRow({ level, times, places }: Marks, scale: TimeScale, y: number): Markup {
  const shown = times.filter((time) => scale.shows(time));
  const at = [...new Set(shown.map((time) => percent(Math.round(scale.at(time) * 400) / 400)))];
  const lines = at.map((x) => html`<line x1="${x}" x2="${x}" y1="${y + 17}" y2="${y + 27}"/>`);
  return html`<g class="marks" data-level="${level}"><text class="label" x="0" y="${y + 11}">${level}: ${thousands(shown.length)} of ${counted(places, "place")} marked</text>${lines}</g>`;
}
