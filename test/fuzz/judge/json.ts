/** A record of a log: bytes where it is no UTF-8, text otherwise. */
export type Line = string | Buffer;

export type Members = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The value of a line, and its text; undefined if the line is no UTF-8 or no JSON. */
export function parsed(line: Line): { readonly value: unknown; readonly text: string } | undefined {
  try {
    const text = typeof line === "string" ? line : UTF8.decode(line);
    return { value: JSON.parse(text), text };
  } catch {
    return undefined;
  }
}

const TOKENS = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/g;

/** True if an object in a text, which is JSON, has a key twice (RFC 8259, section 4). */
export function hasRepeatedKey(text: string): boolean {
  const open: Set<unknown>[] = [];
  for (const [token, colon] of text.matchAll(TOKENS)) {
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    else if (colon !== undefined) {
      const keys = open.at(-1);
      const key: unknown = JSON.parse(token.slice(0, -colon.length));
      if (keys?.has(key)) return true;
      keys?.add(key);
    }
  }
  return false;
}

/** All keys and strings of a text, which is JSON, those of replaced values too. */
export function stringsIn(text: string): string[] {
  return [...text.matchAll(TOKENS)]
    .filter(([token]) => token.startsWith('"'))
    .map(([token, colon = ""]) => JSON.parse(token.slice(0, token.length - colon.length)) as string);
}

/** The number of levels of a value: 1 for an object of texts. */
export function depthOf(value: unknown): number {
  let level: unknown[] = [value];
  let depth = 0;
  for (; level.length > 0; depth++)
    level = level.flatMap((each) => (typeof each === "object" && each !== null ? Object.values(each) : []));
  return depth - 1;
}

/** One text for all ways to write a value: members are sorted. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isObject(value)) return Object.is(value, -0) ? "0" : (JSON.stringify(value) ?? "");
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
}
