import { escaped } from "../shared/escaped.js";

/** Text that is HTML already. Besides the constants of a page only `html` makes it, so all else has been escaped. */
export class Markup {
  constructor(readonly text: string) {}
}

export type MarkupContent = Markup | string | number | undefined | readonly MarkupContent[];

/** HTML with its values escaped, for element content and for attribute values in double quotes. */
export function html(fixed: TemplateStringsArray, ...values: readonly MarkupContent[]): Markup {
  return new Markup(String.raw({ raw: fixed }, ...values.map(textOf)));
}

/** Contents one after another. */
export function joinedMarkup(contents: readonly MarkupContent[], separator: MarkupContent): MarkupContent {
  return contents.flatMap((content, index) => (index === 0 ? [content] : [separator, content]));
}

/** What stands behind "#" in a link, and as the id of its target. */
export function anchor(kind: string, id: string | number): string {
  return `${kind}-${String(id).replace(/[^\w.-]/g, "-")}`;
}

function textOf(content: MarkupContent): string {
  if (content instanceof Markup) return content.text;
  // Line ends are kept: a statement may have several lines, and HTML takes them for blanks.
  if (typeof content === "string") return content.split("\n").map(escaped).join("\n");
  if (Array.isArray(content)) return content.map(textOf).join("");
  return content === undefined ? "" : String(content);
}
