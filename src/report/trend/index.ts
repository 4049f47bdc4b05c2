import { refusing, type Surface } from "../shared/surface.js";
import { renderHtmlTrend } from "./html.js";
import type { TrendFormatName } from "./names.js";
import { renderTextTrend } from "./text.js";
import type { Trend } from "./words.js";

/** Every format of a trend by its name on the command line. */
export const TREND_FORMATS = refusing({
  text: renderTextTrend,
  html: renderHtmlTrend,
} as const satisfies Record<TrendFormatName, (trend: Trend, surface: Surface) => Iterable<string>>);
