import { isJsonObject } from "../model/subject.js";
import { type Container, type Leaf, type Node, nodeOf, nodesIn, textOf } from "./members.js";
import type { Piece } from "./piece.js";
import { smallest } from "./smallest.js";

/** True if the given pieces, instead of the earlier ones, still show the finding. */
type Shows = (pieces: readonly Piece[]) => Promise<boolean>;

/** A text that nothing depends on becomes this one. */
const SHORT = '"x"';

/** A piece that can be made smaller. */
interface Part {
  readonly piece: Piece;
  /** Undefined for a line that is no record, and for one in which what stands between the members matters. */
  node: Node | undefined;
  /** Of a line that is no record. */
  words: readonly string[];
}

/**
 * The same pieces with the least content that still shows the finding: members and elements are left out, outer ones
 * first, then texts are shortened.
 */
export async function reduced(pieces: readonly Piece[], shows: Shows): Promise<readonly Piece[]> {
  const parts = pieces.map((piece): Part => ({ piece, node: undefined, words: [] }));
  const holds = (): Promise<boolean> => shows(parts.map(smallerPiece));
  for (const part of parts) await takeApart(part, holds);
  await withoutMembers(parts, holds);
  for (const part of parts) await withoutWords(part, holds);
  await withShortTexts(parts, holds);
  return parts.map(smallerPiece);
}

async function takeApart(part: Part, holds: () => Promise<boolean>): Promise<void> {
  const { text } = part.piece;
  const node = recordIn(text);
  if (node === undefined) part.words = wordsOf(text);
  else if (textOf(node) === text || (await trying(part, "node", node, holds))) part.node = node;
}

function recordIn(text: string): Node | undefined {
  try {
    return isJsonObject(JSON.parse(text)) ? nodeOf(text) : undefined;
  } catch {
    return undefined;
  }
}

/** A word with the blanks after it, or a sign. */
const WORDS = /[\w-]+\s*|[^\w-]/gu;
/** Longer lines are cut into so many stretches instead. */
const MOST_WORDS = 10_000;

function wordsOf(text: string): readonly string[] {
  const size = Math.ceil(text.length / MOST_WORDS);
  return text.match(size === 1 ? WORDS : new RegExp(`[^]{1,${size}}`, "gu")) ?? [];
}

function smallerPiece({ piece, node, words }: Part): Piece {
  if (node !== undefined) return { ...piece, text: textOf(node) };
  return words.length === 0 ? piece : { ...piece, text: words.join("") };
}

/** A container with the names that lead to it. */
interface Placed {
  readonly path: string;
  readonly container: Container;
}

async function withoutMembers(parts: readonly Part[], holds: () => Promise<boolean>): Promise<void> {
  let level = parts.flatMap(({ node }) => placed("", node));
  while (level.length > 0) {
    await withoutAlikeItems(level, holds);
    for (const { container } of level) await withoutItems(container, holds);
    level = level.flatMap(({ path, container }) =>
      container.items.flatMap(({ name, value }, index) => placed(pathOf(path, name, index), value)),
    );
  }
}

function placed(path: string, node: Node | undefined): readonly Placed[] {
  return node !== undefined && "items" in node ? [{ path, container: node }] : [];
}

function pathOf(path: string, name: string, index: number): string {
  return `${path}/${name === "" ? index : name}`;
}

/** Members at the same place are removed from all records at once, because the records may have to stay alike. */
async function withoutAlikeItems(level: readonly Placed[], holds: () => Promise<boolean>): Promise<void> {
  if (level.length < 2) return;
  const all = level.map(({ path, container }) => ({
    container,
    items: container.items.map((item, index) => ({ item, path: pathOf(path, item.name, index) })),
  }));
  const keep = (paths: readonly string[]): void => {
    const kept = new Set(paths);
    for (const { container, items } of all)
      container.items = items.filter(({ path }) => kept.has(path)).map(({ item }) => item);
  };
  const paths = new Set(all.flatMap(({ items }) => items.map(({ path }) => path)));
  keep(
    await smallest([...paths], async (some) => {
      keep(some);
      return holds();
    }),
  );
}

async function withoutItems(container: Container, holds: () => Promise<boolean>): Promise<void> {
  container.items = await smallest(container.items, (items) => trying(container, "items", items, holds));
}

async function withoutWords(part: Part, holds: () => Promise<boolean>): Promise<void> {
  if (part.node !== undefined || part.words.length === 0) return;
  part.words = await smallest(part.words, async (words) =>
    words.length > 0 ? trying(part, "words", words, holds) : false,
  );
}

/** Keeps as few texts as possible: equal ones go at once, then each by itself. */
async function withShortTexts(parts: readonly Part[], holds: () => Promise<boolean>): Promise<void> {
  const texts = parts.flatMap(({ node }) => (node === undefined ? [] : [...nodesIn(node)].filter(isText)));
  const alike = new Map<string, Leaf[]>();
  for (const text of texts) {
    const equal = alike.get(text.spelled) ?? [];
    equal.push(text);
    alike.set(text.spelled, equal);
  }
  await keepingFew([...alike.values()], holds);
  await keepingFew(
    texts.filter(isText).map((text) => [text]),
    holds,
  );
}

async function keepingFew(
  groups: readonly (readonly Leaf[])[],
  holds: () => Promise<boolean>,
): Promise<void> {
  const spelled = new Map(groups.flat().map((text) => [text, text.spelled]));
  const keep = (kept: readonly (readonly Leaf[])[]): void => {
    for (const text of spelled.keys()) text.spelled = SHORT;
    for (const text of kept.flat()) text.spelled = spelled.get(text) ?? SHORT;
  };
  keep(
    await smallest(groups, async (some) => {
      keep(some);
      return holds();
    }),
  );
}

function isText(node: Node): node is Leaf {
  return "spelled" in node && node.spelled.startsWith('"') && node.spelled.length > SHORT.length;
}

/** True if something holds with another value in a place; the place is then as it was. */
async function trying<Owner, Name extends keyof Owner>(
  owner: Owner,
  name: Name,
  value: Owner[Name],
  holds: () => Promise<boolean>,
): Promise<boolean> {
  const before = owner[name];
  owner[name] = value;
  try {
    return await holds();
  } finally {
    owner[name] = before;
  }
}
