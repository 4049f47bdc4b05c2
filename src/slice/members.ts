/** A record as its text spells it: what a parser would lose, such as a repeated key, is kept. */
export type Node = Container | Leaf;

export interface Leaf {
  spelled: string;
}

export interface Container {
  readonly open: "{" | "[";
  readonly close: string;
  items: readonly Item[];
}

/** An element of a list, or a member with its name. */
interface Item {
  /** As it is spelled, with the colon; empty in a list. */
  readonly name: string;
  readonly value: Node;
}

/** @param text valid JSON that does not nest deeper than records may */
export function nodeOf(text: string): Node {
  return new NodeReader(text).read();
}

export function textOf(node: Node): string {
  if ("spelled" in node) return node.spelled;
  const { open, close, items } = node;
  return open + items.map(({ name, value }) => name + textOf(value)).join() + close;
}

export function* nodesIn(node: Node): Generator<Node> {
  yield node;
  if ("items" in node) for (const { value } of node.items) yield* nodesIn(value);
}

class NodeReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Node {
    const sign = this.#next();
    if (sign === "{") return this.#container(sign, "}");
    return sign === "[" ? this.#container(sign, "]") : { spelled: this.#leaf() };
  }

  #container(open: "{" | "[", close: string): Container {
    const items: Item[] = [];
    this.#at++;
    while (this.#next() !== close) {
      if (this.#next() === ",") this.#at++;
      if (this.#next() !== close) items.push(this.#item(open));
    }
    this.#at++;
    return { open, close, items };
  }

  #item(open: "{" | "["): Item {
    if (open === "[") return { name: "", value: this.read() };
    this.#next();
    const name = this.#leaf();
    this.#next();
    this.#at++;
    return { name: `${name}:`, value: this.read() };
  }

  #leaf(): string {
    const start = this.#at;
    if (this.#text[start] === '"') this.#at = this.#endOfString(start);
    else while (/[^\s,:\]}]/.test(this.#text[this.#at] ?? ",")) this.#at++;
    if (this.#at === start) throw new SyntaxError("not JSON");
    return this.#text.slice(start, this.#at);
  }

  #endOfString(start: number): number {
    for (let at = start + 1; at < this.#text.length; at++) {
      if (this.#text[at] === "\\") at++;
      else if (this.#text[at] === '"') return at + 1;
    }
    return this.#text.length;
  }

  /** The next sign after white space. */
  #next(): string {
    while (/\s/.test(this.#text[this.#at] ?? "-")) this.#at++;
    return this.#text[this.#at] ?? "";
  }
}
