import { anchor, html, type Markup } from "./markup.js";

/** The id of a clause, with a link to its row in the matrix. */
export function clauseLink({ id }: { readonly id: string }): Markup {
  return html`<a class="id" href="#${anchor("clause", id)}">${id}</a>`;
}
