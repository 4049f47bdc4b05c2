import { nearest } from "./nearest.js";
import type { JsonObject, Rename } from "./subject.js";

/** A field with the normalised names that others use; its own name comes first. */
interface Entry {
  readonly field: string;
  readonly words: readonly string[];
}

/** Fields that may occur under other names. */
export interface Vocabulary {
  readonly entries: readonly Entry[];
  readonly fields: readonly string[];
  /** The normalised names of all fields. */
  readonly words: ReadonlySet<string>;
  /** Cache: the field that each known misspelling means. */
  readonly misspellings: Map<string, string | undefined>;
}

/** Longer names never mean one of our fields. */
const MAX_NAME = 48;
/** A hint may repeat only plain names. */
const PLAIN_NAME = /^[A-Za-z0-9 _.:-]+$/;
/** Logs of all kinds have an @timestamp. It does not show an event, but an event may mean it. */
const PLAIN_OR_AT = /^@?[A-Za-z0-9 _.:-]+$/;

/**
 * The vocabulary of some fields, in order: if a name may mean two fields, the first wins.
 *
 * @param aliases other names for a field, besides its own name in another style
 */
export function vocabularyOf(
  fields: readonly string[],
  aliases: Readonly<Record<string, readonly string[]>> = {},
): Vocabulary {
  const entries = fields.map((field) => ({ field, words: [field, ...(aliases[field] ?? [])].map(wordOf) }));
  const words = new Set(entries.flatMap((entry) => entry.words));
  return { entries, fields, words, misspellings: new Map() };
}

/** Renames for the fields that an object lacks: at most one name for each field, and one field for each name. */
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

/** The same with misspelled names. Slower: call it only if something is known to be wrong. */
export function likelyRenamesIn(object: JsonObject, vocabulary: Vocabulary): readonly Rename[] {
  const renames = [...renamesIn(object, vocabulary)];
  for (const found of Object.keys(object)) {
    if (vocabulary.fields.includes(found) || renames.some((rename) => rename.found === found)) continue;
    const field = misspelledField(found, vocabulary);
    if (field === undefined || object[field] !== undefined) continue;
    if (renames.every((rename) => rename.field !== field)) renames.push({ field, found });
  }
  return renames;
}

const NONE: readonly Rename[] = [];

/**
 * Member names of an object that may mean a field but are not a field's own, by normalised name; the first one wins.
 */
function namesIn(object: JsonObject, { fields, words }: Vocabulary): Map<string, string> | undefined {
  let names: Map<string, string> | undefined;
  for (const name in object) {
    const word = knownWordOf(name);
    if (!words.has(word) || names?.has(word) === true || fields.includes(name)) continue;
    names ??= new Map();
    names.set(word, name);
  }
  return names;
}

/** The field that a name misspells. Cached, because the records of a log repeat the same names. */
function misspelledField(name: string, { fields, misspellings }: Vocabulary): string | undefined {
  if (name.length > MAX_NAME || !PLAIN_OR_AT.test(name)) return undefined;
  if (!misspellings.has(name)) {
    if (misspellings.size === MAX_KNOWN) misspellings.clear();
    misspellings.set(name, nearest(name, fields));
  }
  return misspellings.get(name);
}

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

/** A name without its style: event_id, eventId, EventId, event-id, event.id, EVENT_ID and mplp_event_id are equal. */
function wordOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .replace(/^x?mplp/, "");
}
