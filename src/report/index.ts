import type { ShownReport } from "../model/shown.js";
import { renderBadge } from "./badge.js";
import { renderEarl } from "./earl/earl.js";
import { renderGithub } from "./github.js";
import { renderGitlab } from "./gitlab.js";
import { renderHtml } from "./html/html.js";
import { renderIntoto } from "./intoto.js";
import { renderJson } from "./json.js";
import { renderJunit } from "./junit.js";
import { renderMarkdown } from "./markdown/markdown.js";
import { renderSarif, renderSarifCoverage } from "./sarif/sarif.js";
import { refusing, type Surface } from "./shared/surface.js";
import { renderCompact } from "./text/compact.js";
import { renderSummary } from "./text/summary.js";
import { renderText } from "./text/text.js";

export type Renderer = (report: ShownReport, surface: Surface) => Iterable<string>;

const RENDERERS = {
  text: renderText,
  summary: renderSummary,
  compact: renderCompact,
  json: renderJson,
  sarif: renderSarif,
  "sarif-coverage": renderSarifCoverage,
  junit: renderJunit,
  gitlab: renderGitlab,
  github: renderGithub,
  markdown: renderMarkdown,
  html: renderHtml,
  earl: renderEarl,
  intoto: renderIntoto,
  badge: renderBadge,
} as const satisfies Record<string, Renderer>;
export type FormatName = keyof typeof RENDERERS;

/** Every report format by its name on the command line. */
export const FORMATS: {
  readonly [Name in FormatName]: (
    report: ShownReport,
    ...surface: Parameters<(typeof RENDERERS)[Name]> extends [unknown, ...infer More] ? More : []
  ) => Iterable<string>;
} = refusing(RENDERERS);

export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];
