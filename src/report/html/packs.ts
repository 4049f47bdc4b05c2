import type { EvidencePack, Report } from "../../model/report.js";
import { checksumsInWords, sentence, versionInWords } from "../shared/wording.js";
import { html, type Markup } from "./markup.js";
import { foldedList, type HtmlSection } from "./section.js";

const SHOWN = 10;

/** The evidence folders, with the files in them that were not read. */
export function packsSection({ packs }: Report): HtmlSection | undefined {
  if (packs.length === 0) return undefined;
  return { id: "packs", title: "Evidence packs", count: packs.length, body: packs.map(packMarkup) };
}

function packMarkup(pack: EvidencePack): Markup {
  const { path, checksumOnly, notChecked, withoutChecksum } = pack;
  const version = versionInWords(pack);
  return html`<article class="pack">
<h3><code>${path}</code></h3>
<p>${sentence(checksumsInWords(pack))}.${version === "" ? undefined : html` ${sentence(version)}.`}</p>
${fileList("Read, and no checksum vouches for them:", withoutChecksum)}${fileList("Only compared with their checksums:", checksumOnly)}${fileList("Not checked:", notChecked)}</article>
`;
}

function fileList(about: string, files: readonly string[]): Markup | undefined {
  if (files.length === 0) return undefined;
  const names = files.map((file) => html`<code>${file}</code>`);
  return html`<p>${about}</p>\n${foldedList(names, SHOWN, "files")}\n`;
}
