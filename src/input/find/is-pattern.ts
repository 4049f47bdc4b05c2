/** True if a text is a pattern, not a path. Loads the glob package on demand, because few runs need it. */
export async function isPattern(text: string): Promise<boolean> {
  const { default: glob } = await import("fast-glob");
  return glob.isDynamicPattern(text);
}
