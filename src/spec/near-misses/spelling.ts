import type { JsonObject, Rename } from "../../model/subject.js";

/** A field with the plain words that others call it by; its own comes first. */
interface Entry {
  readonly field: string;
  readonly words: readonly string[];
}

/** Fields that may be there under other names. */
export interface Vocabulary {
  readonly entries: readonly Entry[];
  /** The words of all of them. */
  readonly words: ReadonlySet<string>;
}

/** Names that are longer mean none of our fields. */
const MAX_NAME = 48;
/** Only what is plain to see may be repeated in a hint. */
const PLAIN_NAME = /^[A-Za-z0-9 _.:-]+$/;

/** The vocabulary of some fields, in their order. */
export function vocabularyOf(
  fields: readonly string[],
  aliases: Readonly<Record<string, readonly string[]>> = {},
): Vocabulary {
  const entries = fields.map((field) => ({ field, words: [field, ...(aliases[field] ?? [])].map(wordOf) }));
  return { entries, words: new Set(entries.flatMap(({ words }) => words)) };
}

/**
 * Of the fields that an object lacks, those that it has under another name: at most one name for each field, and
 * one field for each name.
 */
export function renamesIn(object: JsonObject, vocabulary: Vocabulary): readonly Rename[] {
  const names = namesIn(object, vocabulary);
  if (names === undefined) return NONE;
  return vocabulary.entries.flatMap(({ field, words }) => {
    if (object[field] !== undefined) return [];
    const word = words.find((each) => names.has(each));
    const found = word === undefined ? undefined : names.get(word);
    if (word === undefined || found === undefined) return [];
    names.delete(word);
    return [{ field, found }];
  });
}

const NONE: readonly Rename[] = [];

/** The names of an object's members that may mean a field and are none themselves, by their words; of one word the first. */
function namesIn(object: JsonObject, { entries, words }: Vocabulary): Map<string, string> | undefined {
  let names: Map<string, string> | undefined;
  for (const name in object) {
    const word = knownWordOf(name);
    if (!words.has(word) || names?.has(word) === true || entries.some(({ field }) => field === name))
      continue;
    names ??= new Map();
    names.set(word, name);
  }
  return names;
}

/** The records of a log have the same names again and again. */
const known = new Map<string, string>();
const MAX_KNOWN = 4096;

function knownWordOf(name: string): string {
  if (name.length > MAX_NAME) return "";
  let word = known.get(name);
  if (word === undefined) {
    word = PLAIN_NAME.test(name) ? wordOf(name) : "";
    if (known.size === MAX_KNOWN) known.clear();
    known.set(name, word);
  }
  return word;
}

/** A name without its style: event_id, eventId, EventId, event-id, event.id, EVENT_ID and mplp_event_id are one. */
function wordOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .replace(/^x?mplp/, "");
}
