/** Escapes one member name for use in a JSON Pointer (RFC 6901, section 3). */
export function escapeSegment(name: string): string {
  return name.includes("~") || name.includes("/") ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name;
}

/** Splits a JSON Pointer into its unescaped segments; "" gives none. */
export function segmentsOf(pointer: string): string[] {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A pointer into settings as people write it: "waivers[0].owner". */
export function settingPath(pointer: string): string {
  const [first = "", ...others] = segmentsOf(pointer);
  return first + others.map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`)).join("");
}

/** The pointer with each member name rewritten, since a name may contain characters that a pointer escapes. */
export function withNames(pointer: string, rewrite: (name: string) => string): string {
  return segmentsOf(pointer)
    .map((name) => `/${escapeSegment(rewrite(name))}`)
    .join("");
}

/** The pointer with "*" for array indexes: findings that differ only there are one finding. */
export function shapeOf(pointer: string): string {
  return /\/\d/.test(pointer) ? pointer.replace(/\/\d+(?=\/|$)/g, "/*") : pointer;
}

/** The value at a JSON Pointer in a parsed value; undefined if there is none. */
export function valueAtPointer(root: unknown, pointer: string): unknown {
  let value = root;
  for (const segment of segmentsOf(pointer)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[segment];
  }
  return value;
}
