import type { NotRead, Report } from "../../model/report.js";
import { conditionsOf } from "../shared/conditions.js";
import { html, type Markup } from "./markup.js";
import { foldedList, type HtmlSection } from "./section.js";

const SHOWN = 20;

/** The unusual settings of the run, and the files of named folders that it did not read. */
export function conditionsSection(report: Report): HtmlSection | undefined {
  const conditions = conditionsOf(report);
  if (conditions.length === 0) return undefined;
  return { id: "conditions", title: "What the run went by", body: conditionsBody(report) };
}

function* conditionsBody(report: Report): Iterable<Markup> {
  const conditions = conditionsOf(report).filter(({ label }) => label !== "not read");
  for (const { label, text } of conditions) yield html`<p><strong>${label}</strong>: ${text}</p>\n`;
  const { notRead, summary } = report;
  if (notRead.length === 0) return;
  yield html`<h3>${summary.notRead} not read</h3>\n`;
  yield foldedList(notRead.map(notReadItem), SHOWN, "files");
}

function notReadItem({ path, reason, mayHoldEvidence }: NotRead): Markup {
  const evidence = mayHoldEvidence === true ? "; it may hold evidence" : "";
  return html`<code>${path}</code>: ${reason}${evidence}`;
}
