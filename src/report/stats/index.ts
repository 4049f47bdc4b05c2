import { refusing, type Surface } from "../shared/surface.js";
import { renderJsonStats } from "./json.js";
import type { Stats } from "./stats.js";
import { renderTextStats } from "./text.js";

export { type Stats, statsOf } from "./stats.js";

/** Every format of statistics by its name on the command line. */
export const STATS_FORMATS = refusing({
  text: renderTextStats,
  json: renderJsonStats,
} as const satisfies Record<string, (stats: Stats, surface: Surface) => Iterable<string>>);
export type StatsFormatName = keyof typeof STATS_FORMATS;

export const STATS_FORMAT_NAMES = Object.keys(STATS_FORMATS) as readonly StatsFormatName[];
