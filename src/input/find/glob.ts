import type { Options } from "fast-glob";

/** Paths that match a pattern. Loads the glob package on demand, because few runs need it. */
export async function glob(pattern: string, options: Options): Promise<string[]> {
  const { default: search } = await import("fast-glob");
  return search(pattern, options);
}

/** True if a text is a pattern, not a path. */
export async function isPattern(text: string): Promise<boolean> {
  const { default: search } = await import("fast-glob");
  return search.isDynamicPattern(text);
}
