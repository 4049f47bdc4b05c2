import type { Selftest } from "../../model/selftest.js";
import type { Shown } from "../../model/shown.js";
import { refusing, type Surface } from "../shared/surface.js";
import { renderJsonSelftest } from "./json.js";
import { renderMarkdownSelftest } from "./markdown.js";
import { renderTextSelftest } from "./text.js";

/** Every format of a selftest by its name on the command line. */
export const SELFTEST_FORMATS = refusing({
  text: renderTextSelftest,
  json: renderJsonSelftest,
  markdown: renderMarkdownSelftest,
} as const satisfies Record<string, (selftest: Shown<Selftest>, surface: Surface) => Iterable<string>>);
export type SelftestFormatName = keyof typeof SELFTEST_FORMATS;

export const SELFTEST_FORMAT_NAMES = Object.keys(SELFTEST_FORMATS) as readonly SelftestFormatName[];
