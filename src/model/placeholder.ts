/** A longer text is not a placeholder, whatever its words. */
const MAX_LENGTH = 80;

/** Marks at the start or end of an unwritten text. In lower case they may be words of a sentence. */
const MARK = /^\W*(?:TODO|TBD|TBA|TBC|FIXME|XXX|WIP)\b|\b(?:TODO|TBD|TBA|TBC|FIXME|XXX)\W*$/;
const ANY_CASE_MARK = /^(?:todo|tbd|tba|tbc|fixme|wip)\s*(?:$|[^\s\p{L}\p{N}](?!\p{L}))/iu;
const FILLER = /^\W*lorem ipsum\b/i;

/** "<statement>", "[your words]", "{{evidence}}", "${EVIDENCE}": slots of a template, but not links. */
const SLOT = /^(?:<[^<>]*>|\[[^[\]]*\]|\$?\{+[^{}]*\}+|%\w+%)$/;

/** "your statement here", "insert text here", "goes here". */
const HERE =
  /^(?:your|insert|enter|put|write|add|describe|fill|state|give|text|statement|evidence)\b.*\bhere$/;
/** "to be written", "to be filled in", "to follow", "coming soon". */
const TO_COME =
  /^(?:still )?(?:to be \w+(?: in| later| soon)?|to follow|coming(?: soon)?|(?:will )?follows?)$/;

/** Words that state nothing alone or with each other. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  `n a na not no none nil null nothing nope yes yep y ok okay true false unknown undefined empty blank missing
  applicable available known yet done pending later soon todo tbd tba tbc fixme wip test tests testing foo bar baz
  foobar qux asdf asdfgh qwerty abc dummy sample example examples placeholder template text string statement
  statements evidence reason reasons owner description value your the an some any something anything someone
  somebody nobody anyone name temp tmp whatever various misc etc change fill replace write describe insert enter add me this it that in
  here now`.split(/\s+/),
);

/**
 * True if the text is a placeholder: n/a, TODO, a dash, a dot, "...", "x", "<statement>", "your statement here".
 * Serious statements are never placeholders, however short.
 */
export function isPlaceholder(text: string): boolean {
  const trimmed = text.normalize("NFKC").trim();
  if (MARK.test(trimmed) || ANY_CASE_MARK.test(trimmed) || FILLER.test(trimmed)) return true;
  if (trimmed.length > MAX_LENGTH) return !/[\p{L}\p{N}]/u.test(trimmed);
  if (SLOT.test(trimmed) && !trimmed.includes("://")) return true;
  const words = trimmed.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.every((word) => EMPTY_WORDS.has(word) || isOneLetter(word))) return true;
  const sentence = words.join(" ");
  return HERE.test(sentence) || TO_COME.test(sentence);
}

/** "x", "xxxx", "1": one character, repeated or not. */
function isOneLetter(word: string): boolean {
  return [...word].every((character) => word.startsWith(character));
}
