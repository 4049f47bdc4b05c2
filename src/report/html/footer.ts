import type { Report } from "../../model/report.js";
import { html, type Markup } from "./markup.js";

/** The program that made the page, and the edition of the rules. */
export function footerMarkup({ tool, protocol }: Report): Markup {
  const { version, digest, notEvaluated } = protocol;
  return html`<footer>
<div class="frame">
<dl class="advice">
<dt>Tool</dt><dd>${tool.name} ${tool.version}</dd>
<dt>Protocol</dt><dd>MPLP ${version}; clauses, schemas and invariants <code>${digest}</code></dd>
</dl>
${invariantsNotEvaluated(notEvaluated)}
</div>
</footer>
`;
}

function invariantsNotEvaluated(list: Report["protocol"]["notEvaluated"]): Markup | undefined {
  if (list.length === 0) return undefined;
  const items = list.map(({ id, reason }) => html`<li><code>${id}</code>: ${reason}</li>\n`);
  return html`<details class="more"><summary>${list.length} invariants that no log can show</summary><ul class="plain">${items}</ul></details>`;
}
