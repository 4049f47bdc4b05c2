import { CLAUSE_STATUSES, type ClauseStatus } from "../../model/clause.js";
import { spaced } from "../shared/wording.js";
import { html, Markup } from "./markup.js";

/** The drawing of each status, in a square of 16 by 16. */
const DRAWINGS: Readonly<Record<ClauseStatus, string>> = {
  satisfied: "M3 8.5 6.5 12 13 4.5",
  violated: "M4 4l8 8M12 4l-8 8",
  waived: "M2.5 9c2-4 4-2 5.5-1s3.5 3 5.5-1",
  attested: "M3 13l.8-3.4L11 2.4l2.6 2.6-7.2 7.2z",
  inconclusive: "M5.5 6a2.5 2.5 0 1 1 3.6 2.2Q8 8.8 8 10M8 13v.1",
  "not-exercised": "M8 3.5a4.5 4.5 0 1 1-.1 0z",
  "not-applicable": "M4 8h8",
  "not-checkable": "M8 3a5 5 0 1 1-.1 0zM4.5 11.5l7-7",
};

const id = (status: ClauseStatus): string => `icon-${status}`;

/** All drawings once; marks refer to them. */
export const SPRITE = html`<svg class="sprite" aria-hidden="true">${CLAUSE_STATUSES.map(
  (status) => html`<symbol id="${id(status)}" viewBox="0 0 16 16"><path d="${DRAWINGS[status]}"/></symbol>`,
)}</svg>\n`;

export function icon(status: ClauseStatus): Markup {
  return html`<svg class="icon" aria-hidden="true"><use href="#${id(status)}"/></svg>`;
}

/** A status as text, with its icon and colour. */
export function statusMark(status: ClauseStatus): Markup {
  return html`<span class="status" data-status="${status}">${icon(status)}${spaced(status)}</span>`;
}

/** A picture for the browser's tab: the drawing in white on a disc. */
export function favicon(status: ClauseStatus, colour: string): Markup {
  const drawing = `<path d="${DRAWINGS[status]}" transform="translate(3 3) scale(.62)" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/>`;
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="8" fill="${colour}"/>${drawing}</svg>`;
  return new Markup(`data:image/svg+xml,${encodeURIComponent(picture).replaceAll("'", "%27")}`);
}
