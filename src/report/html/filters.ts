import { spaced } from "../shared/wording.js";
import { html, type Markup } from "./markup.js";

/** A form that narrows a list. It works with the script only; without it, the form is hidden and every row shows. */
export interface Filters {
  /** The selector of the list's rows. */
  readonly rows: string;
  /** The noun for the rows. */
  readonly noun: string;
  /** The values to choose from, by the rows' data attribute. */
  readonly choices: Readonly<Record<string, Iterable<string>>>;
  readonly isFoldable?: boolean;
}

export function filters({ rows, noun, choices, isFoldable = false }: Filters): Markup {
  const selects = Object.entries(choices).map(([name, values]) => select(name, new Set(values)));
  const fold = isFoldable ? html`<button type="button" class="fold">Open or close all</button>` : undefined;
  return html`<form class="filters" data-rows="${rows}" data-noun="${noun}" aria-label="Filter ${noun}" hidden>
${selects}<label>Text <input type="search" name="text" autocomplete="off"></label>
<button type="reset">Show all</button>${fold}
<output></output>
</form>
`;
}

function select(name: string, values: ReadonlySet<string>): Markup {
  const options = [...values].map((value) => html`<option value="${value}">${spaced(value)}</option>`);
  return html`<label class="choice">${spaced(name)} <select name="${name}"><option value="">all</option>${options}</select></label>\n`;
}
