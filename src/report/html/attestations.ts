import type { ClauseResult, Report } from "../../model/report.js";
import { placeText } from "../shared/wording.js";
import { clauseLink } from "./clause-link.js";
import { anchor, html, type Markup } from "./markup.js";
import type { HtmlSection } from "./section.js";

/** Statements of the runtime's authors about clauses that the evidence does not show. */
export function attestationsSection({ clauses }: Report): HtmlSection | undefined {
  const attested = clauses.filter(({ attestation }) => attestation !== undefined);
  if (attested.length === 0) return undefined;
  return {
    id: "attestations",
    title: "Attestations",
    count: attested.length,
    body: [
      html`<p>The words of the runtime’s authors. Nobody has verified them: they are no result of this run.</p>\n`,
      ...attested.map(item),
    ],
  };
}

function item(clause: ClauseResult): Markup {
  const { id, title, level } = clause;
  const { statement = "", evidence = "", ...place } = clause.attestation ?? {};
  return html`<article class="attestation" id="${anchor("attestation", id)}">
<h3>${title}</h3>
<p class="source">${level} ${clauseLink(clause)} ${clause.source}</p>
<blockquote class="words">${statement}</blockquote>
<p>Evidence: <span class="words">${evidence}</span> <span class="source">stated at <code>${placeText(place)}</code></span></p>
</article>
`;
}
