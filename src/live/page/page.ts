import { LEVELS } from "../../model/clause.js";
import { html, Markup } from "../../report/html/markup.js";
import { policyOf } from "../../report/html/policy.js";
import { SCRIPT } from "./script.js";
import { STYLE } from "./style.js";

/** The page loads nothing but counts, findings and the report, from the server that it came from. */
export const PAGE_POLICY = [
  ...policyOf({ style: STYLE, script: SCRIPT }),
  "connect-src 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** Counts by their names in the stream of findings. */
const FIGURES: readonly (readonly [name: string, label: string])[] = [
  ["acknowledged", "Records stored"],
  ["refused", "Requests refused"],
  ["queued", "Requests under way"],
  ...LEVELS.map((level) => [level, `${level} findings`] as const),
];

const figures = FIGURES.map(
  ([name, label]) => html`<div><dt>${label}</dt><dd class="figure" data-count="${name}">0</dd></div>\n`,
);
const levels = LEVELS.map((level) => html`<option>${level}</option>`);
const FORMATS = ["html", "text", "json"];
const links = FORMATS.map((format) => html`<a href="/report?format=${format}">${format}</a> `);

/** An empty picture for the browser's tab, so that it asks for none. */
const ICON = "data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E";

/** What a running server shows to people. */
export const LIVE_PAGE = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>mplp-check listens</title>
<link rel="icon" href="${new Markup(ICON)}">
<style>${new Markup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the findings</a>
<header class="verdict">
<div class="frame">
<p class="kind">mplp-check <span id="connection" role="status">connecting</span></p>
<h1 id="verdict">no verdict yet</h1>
<p class="sentence" id="sentence" aria-live="polite">Nothing has been checked.</p>
<dl class="facts">
${figures}</dl>
</div>
</header>
<main id="main" class="frame single">
<section aria-labelledby="kinds-title">
<h2 id="kinds-title">Findings by kind</h2>
<p id="no-kinds" class="meta">No finding so far. Findings of rules that compare events are in the report only.</p>
<table class="stacks" id="kinds-table" hidden>
<caption>Single events, since the server started. Rules that compare events are in the report only.</caption>
<thead><tr><th scope="col">Level</th><th scope="col">Finding</th><th scope="col">Clauses</th><th scope="col">First</th><th scope="col" class="number">Count</th></tr></thead>
<tbody id="kinds"></tbody>
</table>
</section>
<section aria-labelledby="stream-title">
<h2 id="stream-title">Latest findings</h2>
<form class="filters">
<label>Level <select id="level"><option value="">all</option>${levels}</select></label>
<button type="button" id="pause" aria-pressed="false">Pause</button>
</form>
<p id="missed" class="notice" hidden></p>
<ol id="stream" class="stream" reversed></ol>
<noscript><p>This list needs JavaScript; the report does not.</p></noscript>
</section>
<section aria-labelledby="report-title">
<h2 id="report-title">Report so far</h2>
<p>${links}</p>
</section>
</main>
<script type="module">${new Markup(SCRIPT)}</script>
</body>
</html>
`.text;
