import type { Options } from "fast-glob";

/** Paths that match a pattern. The package that finds them is loaded when there is a pattern: few runs have one. */
export async function glob(pattern: string, options: Options): Promise<string[]> {
  const { default: search } = await import("fast-glob");
  return search(pattern, options);
}

/** Whether a text is a pattern rather than a path. */
export async function isPattern(text: string): Promise<boolean> {
  const { default: search } = await import("fast-glob");
  return search.isDynamicPattern(text);
}
