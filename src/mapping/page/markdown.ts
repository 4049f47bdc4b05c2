import { type RawDocument, spansIn } from "../../documents/places.js";
import { blocksOf, type PageBlock } from "./blocks.js";
import { PageModules } from "./modules.js";
import { listedNotes, type Noted, object } from "./noted.js";
import { pageOf } from "./page.js";
import { Sections } from "./sections.js";
import {
  attestationsOf,
  isAreaTable,
  isAttestationTable,
  isBare,
  isModuleTable,
  namedRows,
  takeRow,
  topicsOf,
} from "./tables.js";

/**
 * Reads the statements about modules in a page's tables and sections, as the data of an equivalent YAML document.
 * A page without such statements gives an object without modules.
 */
export function readMarkdown(text: string): RawDocument {
  const page = pageOf(text);
  const { value, placed } = noted(blocksOf(page.text), new PageModules());
  const spanOf = spansIn(placed);
  return {
    value,
    spanOf: (pointer) => {
      const { start, end } = spanOf(pointer);
      return { start: page.origin(start), end: page.origin(end) };
    },
    problems:
      page.tooDeep === undefined
        ? []
        : [
            {
              offset: page.tooDeep,
              message: "Lists and quotes are nested too deep to be read here.",
              leavesOut: true,
            },
          ],
  };
}

function noted(blocks: readonly PageBlock[], modules: PageModules): Noted {
  const sections = new Sections(modules);
  const attestations: Noted[] = [];
  for (const block of blocks) {
    if (block.kind === "table")
      for (const noted of takeTable(block, modules, sections)) attestations.push(noted);
    else sections.take(block);
  }
  sections.close();
  const start = { start: 0, end: 1 };
  const named = modules.all().map((notes) => [notes.name, notes.noted()] as const);
  return object(start, {
    modules:
      named.length === 0 ? undefined : object(named[0]?.[1].placed.span ?? start, Object.fromEntries(named)),
    attestations: listedNotes(attestations),
  });
}

function takeTable(
  table: Extract<PageBlock, { kind: "table" }>,
  modules: PageModules,
  sections: Sections,
): readonly Noted[] {
  const topics = topicsOf(table);
  if (isModuleTable(topics)) {
    for (const [cell, row] of namedRows(table, topics)) {
      for (const { name, place, isKnown } of modules.inCell(cell))
        if (isKnown || !isBare(row)) takeRow(table, row, topics, modules.of(name, place));
    }
  } else if (isAreaTable(topics)) {
    const notes = sections.current();
    if (notes !== undefined) for (const row of table.rows) takeRow(table, row, topics, notes);
  } else if (isAttestationTable(topics)) return attestationsOf(table, topics);
  return [];
}
