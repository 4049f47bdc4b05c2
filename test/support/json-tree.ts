import fc from "fast-check";

/** True if a text is JSON as it stands. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * A JSON text as a tree of its own characters: every blank and every spelling is in it, and objects may
 * repeat keys. What a text says can so be known without reading it.
 */
export type Tree =
  | { readonly kind: "scalar"; readonly text: string }
  | { readonly kind: "array"; readonly items: readonly Item[]; readonly blank: string }
  | { readonly kind: "object"; readonly members: readonly Member[]; readonly blank: string };

interface Item {
  readonly before: string;
  readonly tree: Tree;
  readonly after: string;
}

interface Member extends Item {
  /** The key as JSON.parse gives it, and as it is spelled, with the blanks around it. */
  readonly name: string;
  readonly key: string;
}

/** A value of the text: where it stands, and what JSON.parse makes of the path to it. */
export interface Place {
  readonly pointer: string;
  readonly start: number;
  readonly end: number;
  readonly tree: Tree;
  /** For a member's value: whether an earlier member of the object has the same key. */
  readonly isRepeat: boolean;
  readonly name: string | undefined;
  /** False where a later member of the same name, here or further up, replaces the value. */
  readonly isEffective: boolean;
}

export function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** Writes a tree, and lists its values in the order of the text. */
export function written(tree: Tree): { text: string; places: readonly Place[] } {
  let text = "";
  const places: Place[] = [];
  const write = (node: Tree, at: Pick<Place, "pointer" | "isRepeat" | "name" | "isEffective">): void => {
    const start = text.length;
    const index = places.push({ ...at, tree: node, start, end: start }) - 1;
    if (node.kind === "scalar") text += node.text;
    else if (node.kind === "array") writeItems(node, at);
    else writeMembers(node, at);
    places[index] = { ...places[index]!, end: text.length };
  };
  const writeItems = (
    node: Extract<Tree, { kind: "array" }>,
    at: Pick<Place, "pointer" | "isEffective">,
  ): void => {
    text += node.items.length === 0 ? `[${node.blank}` : "[";
    for (const [index, { before, tree: item, after }] of node.items.entries()) {
      text += (index > 0 ? "," : "") + before;
      const pointer = `${at.pointer}/${index}`;
      write(item, { pointer, isRepeat: false, name: undefined, isEffective: at.isEffective });
      text += after;
    }
    text += "]";
  };
  const writeMembers = (
    node: Extract<Tree, { kind: "object" }>,
    at: Pick<Place, "pointer" | "isEffective">,
  ): void => {
    const seen = new Set<string>();
    const last = new Map(node.members.map(({ name }, index) => [name, index]));
    text += node.members.length === 0 ? `{${node.blank}` : "{";
    for (const [index, { name, key, before, tree: value, after }] of node.members.entries()) {
      text += `${(index > 0 ? "," : "") + key}:${before}`;
      const pointer = `${at.pointer}/${escaped(name)}`;
      const isEffective = at.isEffective && last.get(name) === index;
      write(value, { pointer, isRepeat: seen.has(name), name, isEffective });
      seen.add(name);
      text += after;
    }
    text += "}";
  };
  write(tree, { pointer: "", isRepeat: false, name: undefined, isEffective: true });
  return { text, places };
}

/** Strings that a careless reader of JSON takes for something else. */
const TRICKY = [
  '":',
  '"a":1',
  '\\":',
  '"',
  "\\",
  '":\\"',
  "{",
  "}",
  "[]",
  ",",
  ":",
  "\u2028",
  "\u0000",
  "é",
  "😀",
];
const NAMES = ["a", "b", "", "__proto__", "a/b", "~1", "0", "é", "😀", "\n", "toString", '":', "\ud800"];

const name: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) },
);

/** A string's text, each character either as it is or as \uXXXX in either case. */
function spelled(value: string, styles: readonly number[]): string {
  const characters = Array.from(value, (character, index) => {
    const style = styles[index % styles.length] ?? 0;
    if (style === 0) return JSON.stringify(character).slice(1, -1);
    const units = Array.from({ length: character.length }, (_, unit) => {
      const hex = character.charCodeAt(unit).toString(16).padStart(4, "0");
      return `\\u${style === 1 ? hex : hex.toUpperCase()}`;
    });
    return units.join("");
  });
  return `"${characters.join("")}"`;
}

const styles = fc.array(fc.constantFrom(0, 0, 0, 1, 2), { minLength: 1, maxLength: 4 });

const scalar: fc.Arbitrary<Tree> = fc
  .oneof(
    fc.constantFrom("null", "true", "false", "0", "-0", "1E5", "-1.50e-3", "12345678901234567890", '"\\/"'),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
    fc
      .tuple(fc.oneof(fc.constantFrom(...TRICKY), fc.string({ unit: "binary", maxLength: 8 })), styles)
      .map(([value, style]) => spelled(value, style)),
  )
  .map((text) => ({ kind: "scalar", text }));

/** JSON texts whose blanks are of `blanks` only; `root` says what stands outermost. */
export function trees(blanks: readonly string[], root: "any" | "object" = "any"): fc.Arbitrary<Tree> {
  const blank = fc.constantFrom("", "", ...blanks);
  const { any, object } = fc.letrec<{ any: Tree; array: Tree; object: Tree }>((tie) => ({
    any: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      scalar,
      { weight: 2, arbitrary: tie("object") },
      tie("array"),
    ),
    array: fc.record({
      kind: fc.constant("array" as const),
      items: fc.array(fc.record({ before: blank, tree: tie("any"), after: blank }), { maxLength: 4 }),
      blank,
    }),
    object: fc.record({
      kind: fc.constant("object" as const),
      members: fc.array(
        fc
          .record({
            name,
            style: styles,
            around: fc.tuple(blank, blank),
            before: blank,
            tree: tie("any"),
            after: blank,
          })
          .map(({ style, around, ...member }) => ({
            ...member,
            key: around[0] + spelled(member.name, style) + around[1],
          })),
        { maxLength: 5 },
      ),
      blank,
    }),
  }));
  return root === "object" ? object : any;
}

/** What JSON.parse hides about a tree, from the tree alone. */
export function hidden(places: readonly Place[]): { kind: string; pointer: string; offset: number }[] {
  return places.flatMap(({ isRepeat, name: key, pointer, start }) => {
    if (isRepeat) return [{ kind: "duplicate-key", pointer, offset: start }];
    return key === "__proto__" ? [{ kind: "prototype-key", pointer, offset: start }] : [];
  });
}
