import type { Report, RunError } from "../../model/report.js";
import { NOT_ALL_READ, placeText } from "../shared/wording.js";
import { html, type Markup } from "./markup.js";
import { foldedList, type HtmlSection } from "./section.js";

const SHOWN = 20;

/** Limits of the verdict: input that could not be read, and a run that was stopped early. */
export function noticesSection({ errors, interrupted }: Report): HtmlSection | undefined {
  if (errors.length === 0 && interrupted !== true) return undefined;
  return {
    id: "errors",
    title: errors.length > 0 ? "Errors" : "Interrupted",
    ...(errors.length > 0 && { count: errors.length }),
    body: noticesBody(errors, interrupted === true),
  };
}

function* noticesBody(errors: readonly RunError[], isInterrupted: boolean): Iterable<Markup> {
  yield html`<div class="alarm">\n`;
  if (isInterrupted) yield html`<p><strong>Interrupted:</strong> ${NOT_ALL_READ}.</p>\n`;
  if (errors.length > 0) {
    const isUnread = errors.some(({ about }) => about === undefined);
    yield html`<p>${isUnread ? UNREAD : UNDECIDED}</p>\n`;
    yield foldedList(errors.map(errorItem), SHOWN, "errors");
  }
  yield html`</div>\n`;
}

const UNREAD = "Not everything could be checked (exit code 2). The verdict speaks only of the rest.";
const UNDECIDED = "Everything was checked, but not all decisions of the project hold any more (exit code 2).";

function errorItem(error: RunError): Markup {
  return html`<code>${placeText(error)}</code>: ${error.message}`;
}
