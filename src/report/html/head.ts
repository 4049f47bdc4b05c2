import type { Report } from "../../model/report.js";
import { toneOf } from "../shared/tone.js";
import { labelOf } from "../shared/wording.js";
import { favicon } from "./icons.js";
import { html, Markup } from "./markup.js";
import { policyOf } from "./policy.js";
import { SCRIPT } from "./script.js";
import { STYLE } from "./style/index.js";
import { TONE_ICONS } from "./verdict.js";
import { VERDICTS } from "./words.js";

const POLICY = policyOf({ style: STYLE, script: SCRIPT }).join("; ");

const COLOURS = { good: "#1a7046", open: "#96600a", bad: "#b0281f" } as const;

export function headMarkup(report: Report): Markup {
  const title = [labelOf(report), VERDICTS[report.verdict]].filter((part) => part !== "").join(": ");
  const tone = toneOf(report);
  return html`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}: mplp-check conformance report</title>
<link rel="icon" href="${favicon(TONE_ICONS[tone], COLOURS[tone])}">
<style>${new Markup(STYLE)}</style>
</head>
`;
}
