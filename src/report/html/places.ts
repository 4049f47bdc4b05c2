import { counted, thousands } from "../../model/counted.js";
import type { Excerpt, Finding, Location } from "../../model/finding.js";
import { relatedTo } from "../../model/related.js";
import type { Report } from "../../model/report.js";
import { placeText } from "../shared/wording.js";
import { contextMarkup } from "./context.js";
import { html, type Markup } from "./markup.js";

/** The number of places that are shown at once; the others are folded away. */
const SHOWN = 3;

/** The places of a finding with their excerpts, and the number of places that are not listed. */
export function placesMarkup(finding: Finding, report: Report): Markup {
  const { locations, count } = finding;
  const items = locations.map((location, index) => {
    const context = index < SHOWN ? contextMarkup(location, report) : undefined;
    return placeItem(location, relatedTo(finding, index), context);
  });
  const rest = items.slice(SHOWN);
  const folded =
    rest.length === 0
      ? undefined
      : html`<details class="more"><summary>${counted(rest.length, "more place")}</summary><ol class="places" start="${SHOWN + 1}">${rest}</ol></details>`;
  return html`${tally(count, locations.length)}<ol class="places">${items.slice(0, SHOWN)}</ol>${folded}`;
}

function tally(count: number, listed: number): Markup | undefined {
  if (count === 1) return undefined;
  const first = count > listed ? `; the first ${thousands(listed)} are listed` : "";
  return html`<p class="source">Found at ${counted(count, "place")}${first}:</p>\n`;
}

function placeItem(location: Location, related: readonly Location[], context: Markup | undefined): Markup {
  const others = related.map((other) => html`<div class="with">with ${placeMarkup(other)}</div>`);
  return html`<li>${placeMarkup(location)}${context}${others}</li>`;
}

function placeMarkup(location: Location): Markup {
  const { pointer, excerpt } = location;
  const member = pointer === undefined || pointer === "" ? undefined : html` <code>${pointer}</code>`;
  return html`<code>${placeText(location)}</code>${member}${excerptMarkup(excerpt)}`;
}

function excerptMarkup(excerpt: Excerpt | undefined): Markup | undefined {
  if (excerpt === undefined) return undefined;
  const { line, text, start, length } = excerpt;
  const end = start + length;
  return html`<pre data-line="${line}"><code>${text.slice(0, start)}<mark>${text.slice(start, end)}</mark>${text.slice(end)}</code></pre>`;
}
