/** The formats of a trend, apart from what renders them: the command line names them at every start. */
export const TREND_FORMAT_NAMES = ["text", "html"] as const;
export type TrendFormatName = (typeof TREND_FORMAT_NAMES)[number];
