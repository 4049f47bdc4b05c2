const WORD = 0x100000000;

/** A digest in the form of a UUID, so that keys take no more room for it than for an id. */
export function digestInUuidForm(digest: number): string {
  const high = Math.floor(digest / WORD).toString(16).padStart(8, "0");
  const low = (digest % WORD).toString(16).padStart(8, "0");
  return `00000000-0000-0000-${high.slice(0, 4)}-${high.slice(4)}${low}`;
}
