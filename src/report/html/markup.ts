import { escaped } from "../shared/escaped.js";

/** Text that is HTML. Apart from constants of the page, only `html` makes it, so every other text has been escaped. */
export class Markup {
  constructor(readonly text: string) {}
}

export type MarkupContent = Markup | string | number | undefined | readonly MarkupContent[];

/** HTML with its values escaped, for element content and for attribute values in double quotes. */
export function html(fixed: TemplateStringsArray, ...values: readonly MarkupContent[]): Markup {
  return new Markup(String.raw({ raw: fixed }, ...values.map(textOf)));
}

/** Joins contents to one. */
export function joinedMarkup(contents: readonly MarkupContent[], separator: MarkupContent): MarkupContent {
  return contents.flatMap((content, index) => (index === 0 ? [content] : [separator, content]));
}

/** The id of an element, which a link has after "#". */
export function anchor(kind: string, id: string | number): string {
  return `${kind}-${String(id).replace(/[^\w.-]/g, "-")}`;
}

function textOf(content: MarkupContent): string {
  if (content instanceof Markup) return content.text;
  // Line ends are kept: a statement may have several lines, and HTML reads line ends as blanks.
  if (typeof content === "string") return content.split("\n").map(escaped).join("\n");
  if (Array.isArray(content)) return content.map(textOf).join("");
  return content === undefined ? "" : String(content);
}
