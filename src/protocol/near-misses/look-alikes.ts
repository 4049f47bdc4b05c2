import type { JsonObject } from "../../model/subject.js";
import { hasEnvelope } from "../fields/families.js";

/** Small letters of Cyrillic, Greek and Latin that look like those of ASCII, each followed by that one. */
const LOOK_ALIKES =
  "аa ɑa αa сc ԁd еe εe һh іi ıi ιi јj κk кk ӏl мm пn ηn оo οo рp ρp ԛq ѕs тt τt υu ѵv νv ԝw хx χx уy γy";

const ASCII: ReadonlyMap<string, string> = new Map(
  LOOK_ALIKES.split(" ").map(([letter = "", ascii = ""]) => [letter, ascii]),
);

/** Longer names never mean a core field. */
const MAX_NAME = 48;

/**
 * True if an object has two core fields only once letters in its names are replaced by those of ASCII that look like
 * them: еvent_id with a Cyrillic е, or a name in full-width letters.
 */
export function hasLookAlikeCore(value: JsonObject): boolean {
  const names = Object.keys(value);
  if (!names.some(isForeign) || hasEnvelope(value)) return false;
  return hasEnvelope(Object.fromEntries(names.map((name) => [isForeign(name) ? inAscii(name) : name, true])));
}

function isForeign(name: string): boolean {
  return name.length <= MAX_NAME && /[^\0-\x7f]/.test(name);
}

function inAscii(name: string): string {
  const letters = name.normalize("NFKC").toLowerCase();
  return Array.from(letters, (letter) => ASCII.get(letter) ?? letter).join("");
}
