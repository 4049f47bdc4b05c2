import type { JsonObject } from "../../model/subject.js";

/** Small letters of Cyrillic, Greek and Latin that look like those of ASCII, each followed by that one. */
const LOOK_ALIKES =
  "аa ɑa αa сc ԁd еe εe һh іi ıi ιi јj κk кk ӏl мm пn ηn оo οo рp ρp ԛq ѕs тt τt υu ѵv νv ԝw хx χx уy γy";

const ASCII: ReadonlyMap<string, string> = new Map(
  LOOK_ALIKES.split(" ").map(([letter = "", ascii = ""]) => [letter, ascii]),
);

/** Longer names are no names of MPLP. */
const MAX_NAME = 48;

/**
 * An object with names in ASCII: letters that only look like those of ASCII are replaced by them, as in еvent_id with a
 * Cyrillic е, or in full-width names. Undefined if all names are in ASCII.
 */
export function withAsciiNames(value: JsonObject): JsonObject | undefined {
  if (!Object.keys(value).some(isForeign)) return undefined;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [isForeign(name) ? inAscii(name) : name, each]),
  );
}

function isForeign(name: string): boolean {
  return name.length <= MAX_NAME && /[^\0-\x7f]/.test(name);
}

function inAscii(name: string): string {
  return Array.from(name.normalize("NFKC"), (letter) => asciiOf(letter) ?? letter).join("");
}

function asciiOf(letter: string): string | undefined {
  return ASCII.get(letter) ?? ASCII.get(letter.toLowerCase())?.toUpperCase();
}
