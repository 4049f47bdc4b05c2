import type { Tone } from "../shared/tone.js";
import { favicon } from "./icons.js";
import { html, Markup } from "./markup.js";
import { policyOf } from "./policy.js";
import { TONE_ICONS } from "./verdict.js";

/** What a page is called and made of. */
export interface Page {
  readonly title: string;
  readonly tone: Tone;
  readonly style: string;
  /** Default: the page has none, and may run none. */
  readonly script?: string;
}

const COLOURS = { good: "#1a7046", open: "#96600a", bad: "#b0281f" } as const;

export function headMarkup({ title, tone, ...code }: Page): Markup {
  return html`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policyOf(code).join("; "))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="${favicon(TONE_ICONS[tone], COLOURS[tone])}">
<style>${new Markup(code.style)}</style>
</head>
`;
}
