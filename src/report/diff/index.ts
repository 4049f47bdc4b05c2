import { refusing, type Surface } from "../shared/surface.js";
import type { Comparison } from "./comparison.js";
import { renderJsonDiff } from "./json.js";
import { renderMarkdownDiff } from "./markdown.js";
import { renderTextDiff } from "./text.js";

/** Every format of a comparison by its name on the command line. */
export const DIFF_FORMATS = refusing({
  text: renderTextDiff,
  json: renderJsonDiff,
  markdown: renderMarkdownDiff,
} as const satisfies Record<string, (comparison: Comparison, surface: Surface) => Iterable<string>>);
export type DiffFormatName = keyof typeof DIFF_FORMATS;

export const DIFF_FORMAT_NAMES = Object.keys(DIFF_FORMATS) as readonly DiffFormatName[];
