import type { Instead } from "./exact-numbers.js";

/**
 * A value as JSON.stringify writes it, at any depth. Infinite numbers, which it would write as null, stay distinct.
 *
 * @param instead returns what is written instead of the value, and of values in it; default: the values themselves
 */
export function spelled(value: object, instead?: Instead): string {
  const text = stringified(value, instead);
  return text === undefined || text.includes("null") ? spelledByStep(value, instead ?? itself) : text;
}

const itself: Instead = (value) => value;

/** Undefined if the value nests too deeply for JSON.stringify. */
function stringified(value: object, instead: Instead | undefined): string | undefined {
  try {
    return JSON.stringify(value, instead && ((_name, each) => instead(each)));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

interface Open {
  readonly members: Iterator<readonly [string, unknown]>;
  readonly end: "}" | "]";
  isFirst: boolean;
}

function spelledByStep(root: object, instead: Instead): string {
  const parts: string[] = [];
  const open: Open[] = [];
  const write = (own: unknown): void => {
    const value = instead(own);
    if (typeof value !== "object" || value === null) {
      parts.push(scalar(value));
      return;
    }
    const isArray = Array.isArray(value);
    parts.push(isArray ? "[" : "{");
    open.push({ members: membersOf(value), end: isArray ? "]" : "}", isFirst: true });
  };
  write(root);
  for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
    const next = last.members.next();
    if (next.done === true) {
      parts.push(last.end);
      open.pop();
      continue;
    }
    if (!last.isFirst) parts.push(",");
    last.isFirst = false;
    const [name, member] = next.value;
    if (last.end === "}") parts.push(JSON.stringify(name), ":");
    write(member);
  }
  return parts.join("");
}

function* membersOf(value: object): Generator<readonly [string, unknown]> {
  const members = value as Readonly<Record<string, unknown>>;
  for (const name in members) yield [name, members[name]];
}

function scalar(value: unknown): string {
  if (value === Number.POSITIVE_INFINITY) return "1e999";
  return value === Number.NEGATIVE_INFINITY ? "-1e999" : (JSON.stringify(value) ?? "null");
}
