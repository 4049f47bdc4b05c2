import { ownershipOf } from "../../model/mapping.js";
import type { PageBlock, PageText, TableRow } from "./blocks.js";
import { type AreaMention, areasIn, ownershipWord } from "./mentions.js";
import { type Noted, object, said } from "./noted.js";
import { keysOf, type ModuleNotes } from "./notes.js";
import { type Topic, topicOf } from "./terms.js";
import { piecesOf, plain } from "./text.js";

type Table = Extract<PageBlock, { kind: "table" }>;

/** A table's topics by column. */
export type Topics = readonly (Topic | undefined)[];

export function topicsOf({ header }: Table): Topics {
  return header.cells.map((cell) => (cell === undefined ? undefined : topicOf(plain(cell))));
}

const has = (topics: Topics, kind: Topic["kind"]): boolean => topics.some((topic) => topic?.kind === kind);

/** True if the table states which module touches which areas, or how. */
export function isModuleTable(topics: Topics): boolean {
  return has(topics, "module") && (has(topics, "areas") || has(topics, "access"));
}

/** True if the table lists areas of a module that is named elsewhere. */
export function isAreaTable(topics: Topics): boolean {
  return has(topics, "areas") && !has(topics, "module");
}

export function isAttestationTable(topics: Topics): boolean {
  return has(topics, "clause") && (has(topics, "statement") || has(topics, "evidence"));
}

/** The cell of a topic; if several columns have it, the first. */
function cellOf({ cells }: TableRow, topics: Topics, kind: Topic["kind"]): PageText | undefined {
  const column = topics.findIndex((topic, index) => topic?.kind === kind && cells[index] !== undefined);
  return cells[column];
}

/** The module cell of each row; an empty cell repeats the one above. */
export function* namedRows(
  { rows }: Table,
  topics: Topics,
): Generator<readonly [name: PageText, row: TableRow]> {
  let name: PageText | undefined;
  for (const row of rows) {
    name = cellOf(row, topics, "module") ?? name;
    if (name !== undefined) yield [name, row];
  }
}

/** True if the row has only a name: a heading within a table. */
export function isBare(row: TableRow): boolean {
  return row.cells.filter((cell) => cell !== undefined).length <= 1;
}

/**
 * Notes the statements of one row about a module. An ownership cell covers all areas of the row, or one value each.
 */
export function takeRow(table: Table, row: TableRow, topics: Topics, notes: ModuleNotes): void {
  const wasEmpty = notes.isEmpty;
  const scope = { table, areas: keysOf(areasOf(row, topics)) };
  const words = ownershipsOf(row, topics);
  for (const [column, topic] of topics.entries()) {
    const cell = row.cells[column];
    if (cell === undefined || topic === undefined) continue;
    if (topic.kind !== "areas") notes.take(topic, cell, scope);
    else {
      const mentions = areasIn(cell);
      for (const [index, mention] of mentions.entries())
        mention.ownership ??= words.length === mentions.length ? words[index] : words[0];
      notes.takeAreas(
        topic,
        cell,
        mentions,
        topic.mode === undefined ? scope : { table, areas: keysOf(mentions) },
      );
    }
  }
  const modal = topics.findIndex((topic) => topic?.kind === "areas" && topic.mode !== undefined);
  const marked = row.cells[modal];
  if (wasEmpty && notes.isEmpty && marked !== undefined) notes.access(marked, "NONE", scope);
}

function areasOf({ cells }: TableRow, topics: Topics): readonly AreaMention[] {
  return cells.flatMap((cell, column) =>
    cell !== undefined && topics[column]?.kind === "areas" ? areasIn(cell) : [],
  );
}

/** The words in the ownership column. If the owner is a module, nothing follows from it. */
function ownershipsOf(row: TableRow, topics: Topics): readonly PageText[] {
  const stated = cellOf(row, topics, "ownership");
  const cell = stated ?? cellOf(row, topics, "owner");
  const words = cell === undefined ? [] : piecesOf(cell).filter(({ text }) => /\p{L}/u.test(text));
  return words
    .map((word) => ownershipWord(word) ?? word)
    .filter((word) => stated !== undefined || ownershipOf(word.text) !== undefined);
}

/** The attestations of a table, one for each row with a clause. */
export function attestationsOf({ rows }: Table, topics: Topics): Noted[] {
  return rows.flatMap((row) => {
    const clause = cellOf(row, topics, "clause");
    if (clause === undefined) return [];
    const statement = cellOf(row, topics, "statement");
    const evidence = cellOf(row, topics, "evidence");
    return [
      object(
        { start: clause.start, end: clause.start + clause.text.length },
        {
          clause: said(clause),
          statement: statement && said(statement),
          evidence: evidence && said(evidence, targetOf(evidence)),
        },
      ),
    ];
  });
}

/** The target of evidence that is only a link. */
function targetOf(evidence: PageText): string {
  return /^\[[^[\]]*\]\(\s*<?([^()<>\s]+)>?\s*\)$/.exec(evidence.text)?.[1] ?? plain(evidence);
}
