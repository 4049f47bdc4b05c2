import { createRequire } from "node:module";

/** A variable of this name, so that checks of imports see the package. */
const require = createRequire(import.meta.url);

type Levenshtein = typeof import("fastest-levenshtein");

let levenshtein: Levenshtein | undefined;

/** Loads the package on demand, because most runs have nothing to suggest. */
function editsBetween(a: string, b: string): number {
  levenshtein ??= require("fastest-levenshtein") as Levenshtein;
  return levenshtein.distance(a, b);
}

const MAX_DISTANCE = 2;
const MAX_LENGTH = 40;

/** The one of `words` that `value` most likely means: at most two edits away, ignoring case and separators. */
export function nearest<Word extends string>(value: string, words: readonly Word[]): Word | undefined {
  if (value.length === 0 || value.length > MAX_LENGTH) return undefined;
  const wanted = plain(value);
  let best: Word | undefined;
  let bestDistance = MAX_DISTANCE + 1;
  for (const word of words) {
    const edits = editsBetween(wanted, plain(word));
    // Two edits turn a short word into almost any other.
    if (edits < bestDistance && edits <= Math.floor(word.length / 3)) {
      best = word;
      bestDistance = edits;
    }
  }
  return best;
}

function plain(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, "");
}
