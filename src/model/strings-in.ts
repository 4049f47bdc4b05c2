import { escapeSegment } from "./pointer.js";

/** A string somewhere in a JSON value. */
export interface StringAt {
  readonly pointer: string;
  readonly text: string;
  /** The array that the string is an element of. */
  readonly list: readonly unknown[] | undefined;
  readonly index: number;
}

/** Every string of a JSON value with its pointer, in the order of the text; however deep, without recursion. */
export function* stringsIn(root: unknown): Generator<StringAt> {
  const pending: { pointer: string; value: unknown; list: readonly unknown[] | undefined; index: number }[] =
    [{ pointer: "", value: root, list: undefined, index: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { pointer, value, list, index } = next;
    if (typeof value === "string") yield { pointer, text: value, list, index };
    if (typeof value !== "object" || value === null) continue;
    const within = Array.isArray(value) ? (value as readonly unknown[]) : undefined;
    const members = Object.entries(value);
    for (let at = members.length - 1; at >= 0; at--) {
      const [name, member] = members[at] ?? ["", undefined];
      pending.push({ pointer: `${pointer}/${escapeSegment(name)}`, value: member, list: within, index: at });
    }
  }
}
