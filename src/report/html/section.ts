import { thousands } from "../../model/counted.js";
import { html, type Markup, type MarkupContent } from "./markup.js";

/** A part of the page with its own heading and a line in the table of contents. */
export interface HtmlSection {
  readonly id: string;
  readonly title: string;
  /** The number of its items, for the table of contents. */
  readonly count?: number;
  readonly body: Iterable<Markup>;
}

export function* sectionMarkup({ id, title, body }: HtmlSection): Iterable<Markup> {
  yield html`<section id="${id}" aria-labelledby="${id}-title">\n<h2 id="${id}-title">${title}</h2>\n`;
  yield* body;
  yield html`</section>\n`;
}

/** The table of contents: a link to each section. */
export function contents(sections: readonly HtmlSection[]): Markup {
  const items = sections.map(
    ({ id, title, count }) =>
      html`<li><a href="#${id}">${title}${count === undefined ? "" : html` <span class="count">${thousands(count)}</span>`}</a></li>\n`,
  );
  return html`<nav aria-label="Contents">\n<ul>\n${items}</ul>\n</nav>\n`;
}

/** A list that folds away everything beyond the first few items. */
export function foldedList(items: readonly MarkupContent[], shown: number, noun: string): Markup {
  const list = (part: readonly MarkupContent[]): Markup =>
    html`<ul class="plain">${part.map((item) => html`<li>${item}</li>\n`)}</ul>`;
  if (items.length <= shown) return list(items);
  const rest = items.slice(shown);
  return html`${list(items.slice(0, shown))}<details class="more"><summary>${thousands(rest.length)} more ${noun}</summary>${list(rest)}</details>`;
}
