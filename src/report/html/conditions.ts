import { counted } from "../../model/counted.js";
import type { Report } from "../../model/report.js";
import { conditionsOf } from "../shared/conditions.js";
import { html, type Markup } from "./markup.js";
import type { HtmlSection } from "./section.js";

/** The unusual settings of the run, and the number of files that it did not read. */
export function conditionsSection(report: Report): HtmlSection | undefined {
  if (conditionsOf(report).length === 0) return undefined;
  return { id: "conditions", title: "What the run went by", body: conditionsBody(report) };
}

function* conditionsBody(report: Report): Iterable<Markup> {
  const conditions = conditionsOf(report).filter(({ label }) => label !== "not read");
  for (const { label, text } of conditions) yield html`<p><strong>${label}</strong>: ${text}</p>\n`;
  const { notRead } = report.summary;
  if (notRead > 0)
    yield html`<p><strong>not read</strong>: <a href="#not-read">${counted(notRead, "file")} of the named folders</a></p>\n`;
}
