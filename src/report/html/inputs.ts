import { counted, thousands } from "../../model/counted.js";
import type { InputSummary, NotRead, Report } from "../../model/report.js";
import { isIdle, recordsInWords, spaced } from "../shared/wording.js";
import { html, type Markup } from "./markup.js";
import { foldedList, type HtmlSection } from "./section.js";
import { foldedTable, type TableOf } from "./table.js";

const SHOWN = 12;

const TABLE: TableOf<InputSummary> = {
  name: "inputs",
  caption: "Each input with its digest as it is on disk",
  columns: [
    {
      title: "Input",
      cell: ({ path, sha256 }) =>
        html`<code>${path}</code><div class="digest">sha256 <code>${sha256}</code></div>`,
    },
    { title: "Kind", cell: ({ kind }) => spaced(kind) },
    { title: "Evidence", cell: recordsCell },
    { title: "Bytes", kind: "number", cell: ({ bytes }) => thousands(bytes) },
  ],
};

/** The inputs behind the verdict, with digests, so that anyone can compare their own files. */
export function inputsSection({ inputs }: Report): HtmlSection {
  return { id: "inputs", title: "What was read", count: inputs.length, body: inputsBody(inputs) };
}

/** The files of named folders that were not read. */
export function notReadSection({ notRead, summary }: Report): HtmlSection | undefined {
  if (summary.notRead === 0) return undefined;
  return {
    id: "not-read",
    title: "What was not read",
    count: summary.notRead,
    body: notReadBody(notRead, summary.notRead),
  };
}

function* notReadBody(notRead: readonly NotRead[], all: number): Iterable<Markup> {
  yield html`<p>Files of the named folders that the verdict does not speak of:</p>\n`;
  yield foldedList(notRead.map(notReadItem), SHOWN, "files");
  const unlisted = all - notRead.length;
  if (unlisted > 0) yield html`<p>${counted(unlisted, "more file")} are not listed.</p>\n`;
}

function notReadItem({ path, reason, mayHoldEvidence }: NotRead): Markup {
  const evidence = mayHoldEvidence === true ? "; it may hold evidence" : "";
  return html`<code>${path}</code>: ${reason}${evidence}`;
}

function* inputsBody(inputs: readonly InputSummary[]): Iterable<Markup> {
  if (inputs.length === 0) yield html`<p>Nothing was read.</p>\n`;
  else yield* foldedTable(TABLE, inputs, SHOWN, "inputs");
}

function recordsCell(input: InputSummary): Markup {
  const idle = isIdle(input) ? html`<div class="reason">nothing to check</div>` : undefined;
  return html`${recordsInWords(input)}${idle}`;
}
