import { escapeSegment } from "./pointer.js";

/** Two JSON values at the same pointer. */
type Pair = readonly [one: unknown, other: unknown, pointer: string];

/**
 * The first place where two JSON values differ, or undefined. Follows the first value's order of members; members
 * that only the second value has come last.
 *
 * @returns an RFC 6901 pointer
 */
export function firstDifference(one: unknown, other: unknown): string | undefined {
  const open: Pair[] = [[one, other, ""]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const inner = membersOf(pair);
    if (inner === undefined) return pair[2];
    for (let at = inner.length - 1; at >= 0; at--) open.push(inner[at] as Pair);
  }
  return undefined;
}

/**
 * The pairs of members of two objects or lists; empty for equal scalars; undefined if the values themselves differ.
 */
function membersOf([one, other, pointer]: Pair): readonly Pair[] | undefined {
  if (!isContainer(one) || !isContainer(other)) return one === other ? [] : undefined;
  if (Array.isArray(one) !== Array.isArray(other)) return undefined;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].map((name) => [own(one, name), own(other, name), `${pointer}/${escapeSegment(name)}`]);
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function own(container: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(container, name) ? container[name] : undefined;
}
