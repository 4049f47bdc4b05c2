import { parser, Table } from "@lezer/markdown";

/** A stretch of a Markdown page: its text, and the offset of that text on the page. */
export interface PageText {
  readonly text: string;
  readonly start: number;
}

/** The parts of a page that can state a mapping, in order. Quotes, code blocks and comments are left out. */
export type PageBlock =
  | { readonly kind: "heading"; readonly level: number; readonly text: PageText }
  | { readonly kind: "paragraph"; readonly text: PageText }
  /** The first paragraph of a list item; `depth` counts the lists around it, from 0. */
  | { readonly kind: "item"; readonly depth: number; readonly text: PageText }
  | { readonly kind: "table"; readonly header: TableRow; readonly rows: readonly TableRow[] };

/** Cells by column; undefined for empty and missing cells. */
export interface TableRow {
  readonly cells: readonly (PageText | undefined)[];
}

/** Parses blocks only; text.ts reads the inside of a line. */
const BLOCKS = parser.configure([
  Table,
  {
    remove: [
      "Escape",
      "Entity",
      "InlineCode",
      "HTMLTag",
      "Emphasis",
      "HardBreak",
      "Link",
      "Image",
      "LinkEnd",
      "Autolink",
      "LinkReference",
    ],
  },
]);

type Node = ReturnType<typeof BLOCKS.parse>["topNode"];

/** Reads a page without trailing blanks, because the parser treats them as part of the line. */
export function blocksOf(page: string): readonly PageBlock[] {
  const blocks: PageBlock[] = [];
  const stretch = (from: number, to: number): PageText => {
    const text = page.slice(from, to);
    return { text: text.trim(), start: from + Math.max(0, text.search(/\S/)) };
  };
  const visit = (node: Node, depth: number): void => {
    for (let child = node.firstChild; child !== null; child = child.nextSibling) read(child, depth);
  };
  const read = (node: Node, depth: number): void => {
    const level = /^(?:ATX|Setext)Heading(\d)$/.exec(node.name)?.[1];
    if (level !== undefined) {
      blocks.push({ kind: "heading", level: Number(level), text: headingText(node, stretch) });
    } else if (node.name === "Paragraph") {
      const isItem = node.parent?.name === "ListItem" && node.prevSibling?.name === "ListMark";
      const text = stretch(node.from, node.to);
      blocks.push(isItem ? { kind: "item", depth, text } : { kind: "paragraph", text });
    } else if (node.name === "Table") {
      const [header = { cells: [] }] = node.getChildren("TableHeader").map((row) => rowOf(row, stretch));
      const rows = node.getChildren("TableRow").map((row) => rowOf(row, stretch));
      blocks.push({ kind: "table", header, rows });
    } else if (node.name === "BulletList" || node.name === "OrderedList") {
      visit(node, depth + 1);
    } else if (node.name === "ListItem") {
      visit(node, depth);
    }
  };
  visit(BLOCKS.parse(page).topNode, -1);
  return blocks;
}

type Cut = (from: number, to: number) => PageText;

/** A heading's text without its marks: "# x", "# x #", or a line of "=" below it. */
function headingText(node: Node, cut: Cut): PageText {
  const [first, second] = node.getChildren("HeaderMark");
  const isAtx = first?.from === node.from;
  return isAtx ? cut(first.to, second?.from ?? node.to) : cut(node.from, first?.from ?? node.to);
}

function rowOf(node: Node, cut: Cut): TableRow {
  const cells: (PageText | undefined)[] = [];
  let column = 0;
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name === "TableCell") cells[column] = cut(child.from, child.to);
    else if (child.from > node.from) column++;
  }
  return { cells: Array.from(cells) };
}
