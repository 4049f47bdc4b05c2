import { nearest } from "./nearest.js";
import type { JsonObject, Rename } from "./subject.js";

/** A field with the plain words that others call it by; its own comes first. */
interface Entry {
  readonly field: string;
  readonly words: readonly string[];
}

/** Fields that may be there under other names. */
export interface Vocabulary {
  readonly entries: readonly Entry[];
  readonly fields: readonly string[];
  /** The words of all of them. */
  readonly words: ReadonlySet<string>;
  /** What names that were seen before are misspellings of. */
  readonly misspellings: Map<string, string | undefined>;
}

/** Names that are longer mean none of our fields. */
const MAX_NAME = 48;
/** Only what is plain to see may be repeated in a hint. */
const PLAIN_NAME = /^[A-Za-z0-9 _.:-]+$/;
/** Logs of applications of all kinds have an @timestamp: it is no sign of an event, and may be what one means. */
const PLAIN_OR_AT = /^@?[A-Za-z0-9 _.:-]+$/;

/**
 * The vocabulary of some fields, in their order: of two fields that a name may mean, the first is taken.
 *
 * @param aliases what others call a field, apart from its own name in another style
 */
export function vocabularyOf(
  fields: readonly string[],
  aliases: Readonly<Record<string, readonly string[]>> = {},
): Vocabulary {
  const entries = fields.map((field) => ({ field, words: [field, ...(aliases[field] ?? [])].map(wordOf) }));
  const words = new Set(entries.flatMap((entry) => entry.words));
  return { entries, fields, words, misspellings: new Map() };
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

/** The same, and those whose name is misspelled. Takes longer: to be asked where something is known to be wrong. */
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

/** The names of an object's members that may mean a field and are none themselves, by their words; of one word the first. */
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

/** The field that a name misspells. The records of a log have the same names again and again. */
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

/** A name without its style: event_id, eventId, EventId, event-id, event.id, EVENT_ID and mplp_event_id are one. */
function wordOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .replace(/^x?mplp/, "");
}
