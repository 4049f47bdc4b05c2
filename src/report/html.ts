import type { Report } from "../model/report.js";
import { attestationsSection } from "./html/attestations.js";
import { claimsSection } from "./html/claims.js";
import { conditionsSection } from "./html/conditions.js";
import { coverageSection } from "./html/coverage.js";
import { findingsSection, waivedSection } from "./html/findings.js";
import { footerMarkup } from "./html/footer.js";
import { crosscutsSection, graphsSection } from "./html/graphs.js";
import { headMarkup } from "./html/head.js";
import { SPRITE } from "./html/icons.js";
import { inputsSection } from "./html/inputs.js";
import { html, Markup } from "./html/markup.js";
import { matrixSection } from "./html/matrix.js";
import { noticesSection } from "./html/notices.js";
import { packsSection } from "./html/packs.js";
import { SCRIPT } from "./html/script.js";
import { contents, type Section, sectionMarkup } from "./html/section.js";
import { verdictHeader } from "./html/verdict.js";

/** The parts of the page, the most important first; those that have nothing to say give nothing. */
const SECTIONS: readonly ((report: Report) => Section | undefined)[] = [
  noticesSection,
  claimsSection,
  conditionsSection,
  findingsSection,
  waivedSection,
  coverageSection,
  matrixSection,
  attestationsSection,
  inputsSection,
  graphsSection,
  crosscutsSection,
  packsSection,
];

/** The report as one page that needs nothing besides itself, for people and for the record. */
export function* renderHtml(report: Report): Iterable<string> {
  for (const { text } of page(report)) yield text;
}

function* page(report: Report): Iterable<Markup> {
  const sections = SECTIONS.map((make) => make(report)).filter((section) => section !== undefined);
  yield html`<!DOCTYPE html>\n<html lang="en">\n`;
  yield headMarkup(report);
  yield html`<body>\n<a class="skip" href="#main">Skip to the report</a>\n${SPRITE}`;
  yield verdictHeader(report);
  yield html`<div class="frame columns">\n${contents(sections)}<main id="main">\n`;
  for (const section of sections) yield* sectionMarkup(section);
  yield html`</main>\n</div>\n`;
  yield footerMarkup(report);
  yield html`<script type="module">${new Markup(SCRIPT)}</script>\n</body>\n</html>\n`;
}
