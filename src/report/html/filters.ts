import { printable } from "../../model/printable.js";
import { html, type Markup } from "./markup.js";

/** A form that narrows a list. It works with the script only; without it, the form is hidden and every row shows. */
export interface Filters {
  /** The id of the list's section; addresses of the page name it. */
  readonly section: string;
  /** The selector of the rows in the section. */
  readonly rows: string;
  /** The noun for the rows. */
  readonly noun: string;
  /** The values to choose from, by the rows' data attribute, with a name for people. */
  readonly choices: Readonly<Record<string, Choice>>;
  /** The label of the button that opens or closes all. */
  readonly fold?: string;
}

interface Choice {
  readonly label: string;
  readonly values: Iterable<string>;
  /** The text of a value; default: the value. */
  readonly wording?: (value: string) => string;
}

export function filters({ section, rows, noun, choices, fold }: Filters): Markup {
  const selects = Object.entries(choices).map(([name, choice]) => select(name, choice));
  const button = fold === undefined ? undefined : html`<button type="button" class="fold">${fold}</button>`;
  return html`<form class="filters" data-section="${section}" data-rows="${rows}" data-noun="${noun}" aria-label="Filter ${noun}" hidden>
${selects}<label>Text <input type="search" name="text" autocomplete="off"></label>
<button type="reset">Show all</button>${button}
<output></output>
</form>
`;
}

/** A filter with only one value would be useless. */
function select(name: string, { label, values, wording = (value) => value }: Choice): Markup | undefined {
  const all = [...new Set([...values].map(printable))];
  if (all.length < 2) return undefined;
  const options = all.map((value) => html`<option value="${value}">${wording(value)}</option>`);
  return html`<label class="choice">${label} <select name="${name}"><option value="">all</option>${options}</select></label>\n`;
}

/** Several values in one data attribute, as the script takes them apart. */
export function listed(values: Iterable<string>): string {
  return [...new Set([...values].map(printable))].join("\n");
}
