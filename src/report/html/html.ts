import type { Report } from "../../model/report.js";
import { toneOf } from "../shared/tone.js";
import { labelOf } from "../shared/wording.js";
import { attestationsSection } from "./attestations.js";
import { claimsSection } from "./claims.js";
import { conditionsSection } from "./conditions.js";
import { coverageSection } from "./coverage.js";
import { findingsSection, waivedSection } from "./findings.js";
import { footerMarkup } from "./footer.js";
import { crosscutsSection, graphsSection } from "./graphs.js";
import { headMarkup } from "./head.js";
import { SPRITE } from "./icons.js";
import { inputsSection, notReadSection } from "./inputs.js";
import { html, Markup } from "./markup.js";
import { matrixSection } from "./matrix.js";
import { noticesSection } from "./notices.js";
import { packsSection } from "./packs.js";
import { picturesSection } from "./pictures/index.js";
import { SCRIPT } from "./script.js";
import { contents, type HtmlSection, sectionMarkup } from "./section.js";
import { STYLE } from "./style/index.js";
import { verdictHeader } from "./verdict.js";
import { VERDICTS } from "./words.js";

/** The parts of the page, the most important first. A part without content gives undefined. */
const SECTIONS: readonly ((report: Report) => HtmlSection | undefined)[] = [
  noticesSection,
  claimsSection,
  conditionsSection,
  findingsSection,
  waivedSection,
  picturesSection,
  coverageSection,
  matrixSection,
  attestationsSection,
  inputsSection,
  notReadSection,
  graphsSection,
  crosscutsSection,
  packsSection,
];

/** The report as one page that loads no other file, for people and for archives. */
export function* renderHtml(report: Report): Iterable<string> {
  for (const { text } of page(report)) yield text;
}

function titleOf(report: Report): string {
  const label = labelOf(report);
  const verdict = VERDICTS[report.verdict];
  return `${label === "" ? verdict : `${label}: ${verdict}`}: mplp-check conformance report`;
}

function* page(report: Report): Iterable<Markup> {
  const sections = SECTIONS.map((make) => make(report)).filter((section) => section !== undefined);
  yield html`<!DOCTYPE html>\n<html lang="en">\n`;
  yield headMarkup({ title: titleOf(report), tone: toneOf(report), style: STYLE, script: SCRIPT });
  yield html`<body>\n<a class="skip" href="#main">Skip to the report</a>\n${SPRITE}`;
  yield verdictHeader(report);
  yield html`<div class="frame columns">\n${contents(sections)}<main id="main">\n`;
  for (const section of sections) yield* sectionMarkup(section);
  yield html`</main>\n</div>\n`;
  yield footerMarkup(report);
  yield html`<script type="module">${new Markup(SCRIPT)}</script>\n</body>\n</html>\n`;
}
