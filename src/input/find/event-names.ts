import { chunksOf } from "../open/open.js";

/** Members of an event, detected even in broken JSON, in JSON inside a text, and in UTF-16. */
const MEMBERS = ["id", "family"].map((name) => {
  const parts = [..."event", "[_-]?", ...name, "\\\\*", '"', "\\s*", ":"];
  return new RegExp(parts.join("\\0*"), "i");
});
/** More characters than such a member takes. */
const OVERLAP = 256;
/** The number of bytes of a file that are searched: 256 MiB. A longer one may name an event further on. */
const SEARCHED = 1 << 28;

/** True if a text names the members of an event. */
export function namesEvent(text: string): boolean {
  return namedIn(text).every((isNamed) => isNamed);
}

/**
 * True if a file names the members of an event, or is too long to be searched.
 *
 * @throws errors of the file system and of decompression
 */
export async function holdsEventNames(path: string, signal?: AbortSignal): Promise<boolean> {
  let found: readonly boolean[] = [];
  let [tail, searched] = ["", 0];
  for await (const chunk of chunksOf(path)) {
    if (signal?.aborted === true) return false;
    searched += chunk.length;
    const text = tail + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString("latin1");
    found = namedIn(text).map((isNamed, index) => isNamed || found[index] === true);
    if (found.every((isNamed) => isNamed) || searched > SEARCHED) return true;
    tail = text.slice(-OVERLAP);
  }
  return false;
}

function namedIn(text: string): readonly boolean[] {
  return MEMBERS.map((member) => member.test(text));
}
