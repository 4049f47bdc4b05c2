import type { JsonObject, Rename } from "../model/subject.js";

/** A field with the plain words that others call it by; its own comes first. */
interface Entry {
  readonly field: string;
  readonly words: readonly string[];
}

/** Fields that may be there under other names. */
export type Vocabulary = readonly Entry[];

/** Names that are longer mean none of our fields. */
const MAX_NAME = 48;
/** Only what is plain to see may be repeated in a hint. */
const PLAIN_NAME = /^[A-Za-z0-9 _.:-]+$/;

/** The vocabulary of some fields, in their order. */
export function vocabularyOf(
  fields: readonly string[],
  aliases: Readonly<Record<string, readonly string[]>> = {},
): Vocabulary {
  return fields.map((field) => ({ field, words: [field, ...(aliases[field] ?? [])].map(plainWord) }));
}

/** A name without its style: event_id, eventId, EventId, event-id, event.id, EVENT_ID and mplp_event_id are one. */
function plainWord(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .replace(/^x?mplp/, "");
}

/**
 * Of the fields that an object lacks, those that it has under another name: at most one name for each field, and
 * one field for each name.
 */
export function renamesIn(object: JsonObject, vocabulary: Vocabulary): readonly Rename[] {
  const names = namesIn(object, vocabulary);
  if (names.size === 0) return [];
  return vocabulary.flatMap(({ field, words }) => {
    if (object[field] !== undefined) return [];
    const word = words.find((each) => names.has(each));
    const found = word === undefined ? undefined : names.get(word);
    if (word === undefined || found === undefined) return [];
    names.delete(word);
    return [{ field, found }];
  });
}

/** The names of an object's members that are no fields, by their words; of one word the first. */
function namesIn(object: JsonObject, vocabulary: Vocabulary): Map<string, string> {
  const names = new Map<string, string>();
  for (const name of Object.keys(object)) {
    if (name.length > MAX_NAME || !PLAIN_NAME.test(name)) continue;
    const word = plainWord(name);
    if (!names.has(word) && !vocabulary.some(({ field }) => field === name)) names.set(word, name);
  }
  return names;
}
