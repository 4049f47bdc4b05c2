import { counted, thousands } from "../../model/counted.js";
import type { Location } from "../../model/finding.js";
import type { Context, Report, Stretch, WholeRecord } from "../../model/report.js";
import { indented } from "./indented.js";
import { html, type Markup } from "./markup.js";

/** A record in its stretch. */
interface Placed {
  readonly stretch: Stretch;
  readonly index: number;
}

type Place = Pick<Location, "path" | "line" | "record">;

const KNOWN = new WeakMap<Context, ReadonlyMap<string, Placed>>();

/** The whole event of a place with its neighbours, folded; undefined if the report does not have it. */
export function contextMarkup(place: Location, { context }: Report): Markup | undefined {
  if (context === undefined || place.absent === true) return undefined;
  const placed = indexOf(context).get(nameOf(place));
  if (placed === undefined) return undefined;
  const { stretch, index } = placed;
  const { neighbours } = context;
  const before = stretch.records.slice(Math.max(0, index - neighbours), index);
  const after = stretch.records.slice(index + 1, index + 1 + neighbours);
  const own = stretch.records.slice(index, index + 1).map(ownMarkup);
  return html`<details class="event"><summary>${summaryOf(before.length, after.length)}</summary>
${before.map(neighbourMarkup)}${own}${after.map(neighbourMarkup)}</details>`;
}

/** "Whole record, 1 before, 1 after". */
function summaryOf(before: number, after: number): string {
  const parts = [
    "Whole record",
    ...(before > 0 ? [`${before} before`] : []),
    ...(after > 0 ? [`${after} after`] : []),
  ];
  return parts.join(", ");
}

function indexOf(context: Context): ReadonlyMap<string, Placed> {
  const known = KNOWN.get(context);
  if (known !== undefined) return known;
  const index = new Map<string, Placed>();
  for (const stretch of context.stretches)
    for (const [at, { line, record }] of stretch.records.entries())
      index.set(nameOf({ path: stretch.path, line, ...(record && { record }) }), { stretch, index: at });
  KNOWN.set(context, index);
  return index;
}

function nameOf({ path, line, record = 1 }: Place): string {
  return `${line} ${record} ${path}`;
}

function ownMarkup({ line, text, rest }: WholeRecord): Markup {
  return html`<pre class="own" data-line="${line}"><code>${indented(text)}</code></pre>${restMarkup(rest)}\n`;
}

function neighbourMarkup({ line, text, rest }: WholeRecord): Markup {
  return html`<pre data-line="${line}"><code>${text}</code></pre>${restMarkup(rest)}\n`;
}

function restMarkup(rest: number | undefined): Markup | undefined {
  return rest === undefined ? undefined : html`<p class="source">${counted(rest, "more character")}</p>`;
}

/** Says that some places lack their events. */
export function omittedNote({ context }: Report): Markup | undefined {
  if (context?.omitted === undefined) return undefined;
  return html`<p class="source">${thousands(context.omitted)} more places have no whole record here: a report has room for 300.</p>\n`;
}
