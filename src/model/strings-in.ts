import { escapeSegment } from "./pointer.js";

/** A string or a number somewhere in a JSON value. */
export interface ScalarAt {
  readonly pointer: string;
  readonly value: string | number;
  /** The name of the member; undefined for an element of an array. */
  readonly name: string | undefined;
  /** The object that contains the member. */
  readonly object: Readonly<Record<string, unknown>> | undefined;
  /** The array that contains the string. */
  readonly list: readonly unknown[] | undefined;
  readonly index: number;
}

/** A member of an object somewhere in a JSON value. */
export interface NameAt {
  /** Pointer of the member's value. */
  readonly pointer: string;
  readonly text: string;
}

interface Visited extends Omit<ScalarAt, "value"> {
  readonly value: unknown;
}

const ALONE = { name: undefined, object: undefined, list: undefined };

/**
 * Every nested value with its pointer, in the order of the text; without recursion, because the depth is unbounded.
 */
function* valuesIn(root: unknown): Generator<Visited> {
  const pending: Visited[] = [{ pointer: "", value: root, ...ALONE, index: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    yield next;
    const { pointer, value } = next;
    if (typeof value !== "object" || value === null) continue;
    const list = Array.isArray(value) ? (value as readonly unknown[]) : undefined;
    const object = list === undefined ? (value as Readonly<Record<string, unknown>>) : undefined;
    const members = Object.entries(value);
    for (let index = members.length - 1; index >= 0; index--) {
      const [key, member] = members[index] ?? ["", undefined];
      const name = list === undefined ? key : undefined;
      pending.push({ pointer: `${pointer}/${escapeSegment(key)}`, value: member, name, object, list, index });
    }
  }
}

/** Every string and number of a JSON value, in the order of the text. */
export function* scalarsIn(root: unknown): Generator<ScalarAt> {
  for (const { value, ...place } of valuesIn(root))
    if (typeof value === "string" || typeof value === "number") yield { ...place, value };
}

/** Every string of a JSON value, in the order of the text. */
export function* stringsIn(root: unknown): Generator<{ readonly pointer: string; readonly text: string }> {
  for (const { pointer, value } of valuesIn(root))
    if (typeof value === "string") yield { pointer, text: value };
}

/** The name of every member of a JSON value, in the order of the text. */
export function* namesIn(root: unknown): Generator<NameAt> {
  for (const { pointer, name } of valuesIn(root)) if (name !== undefined) yield { pointer, text: name };
}
