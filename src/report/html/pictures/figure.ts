import { html, type Markup, type MarkupContent } from "../markup.js";
import { type TableOf, table } from "../table.js";

/** One picture of the run. */
export interface Picture {
  readonly name: string;
  readonly title: string;
  /** What one sees, in a sentence or two. */
  readonly caption: MarkupContent;
  /** The size in pixels; the width is that of the page. */
  readonly height: number;
  readonly drawing: MarkupContent;
}

/** A picture with its title and its facts as a table. The texts keep their size whatever the width is. */
export function* figure<Row>(
  { name, title, caption, height, drawing }: Picture,
  facts: TableOf<Row>,
  rows: Iterable<Row>,
): Iterable<Markup> {
  const id = `picture-${name}`;
  yield html`<figure class="picture">\n<h3>${title}</h3>\n`;
  yield html`<svg role="img" aria-labelledby="${id}" width="100%" height="${height}"><title id="${id}">${title}</title>${drawing}</svg>\n`;
  yield html`<figcaption><div class="meta">${caption}</div>\n<details class="more"><summary>${title}, as a table</summary>\n`;
  yield* table(facts, rows);
  yield html`</details>\n</figcaption>\n</figure>\n`;
}

/** A strip across a picture that is as wide as the page, in its own coordinates. */
export const STRIP = 1000;

export function strip(y: number, height: number, content: MarkupContent): Markup {
  return html`<svg x="0" y="${y}" width="100%" height="${height}" viewBox="0 0 ${STRIP} ${height}" preserveAspectRatio="none">${content}</svg>`;
}
