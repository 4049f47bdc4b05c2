/**
 * Globs: `*` and `?` stand for any characters but a slash, `**` as a whole part of a path for any number of parts,
 * `[a-z]` and `[!a-z]` for one character, `{a,b}` for either; a backslash takes a character as it is.
 *
 * Matching takes time in proportion to pattern times path, whatever both hold: both may be a stranger's.
 */

/** So many alternatives a pattern may have, once its braces are written out. */
export const MAX_ALTERNATIVES = 1000;
/** So many characters all alternatives of a pattern may have together. */
const MAX_LENGTH = 100_000;

/** Thrown where a pattern cannot be used; the message says why, and what to write instead. */
export class GlobError extends Error {}

/**
 * Tells which paths match one of some patterns.
 *
 * @throws GlobError
 */
export function globMatcher(patterns: readonly string[]): (path: string) => boolean {
  const globs = patterns.flatMap((pattern) => {
    refuseOthers(pattern);
    return alternativesOf(pattern).map(partsOf);
  });
  return (path) => {
    const parts = path.split("/");
    return globs.some((glob) => matchesParts(glob, parts));
  };
}

/** What other dialects have, and what would silently mean something else here. */
function refuseOthers(pattern: string): void {
  if (pattern.startsWith("!"))
    throw new GlobError("a pattern cannot be negated; write \\! where a name begins with it");
  if (/(?:^|[^\\])[@+?*!]\(/.test(pattern))
    throw new GlobError("a pattern has *, **, ?, [a-z] and {a,b} only; write \\( for a bracket");
  if (pattern.includes("[:")) throw new GlobError("a pattern has no classes with names; write [a-z0-9]");
}

/**
 * How many alternatives the braces of a pattern stand for, and ranges like {1..9} in dialects that have them; Infinity
 * where they are beyond counting.
 */
export function countAlternatives(pattern: string): number {
  /** Of each open brace: alternatives before its last comma, and of the part since then. */
  const open: { before: number; own: number; start: number }[] = [{ before: 0, own: 1, start: 0 }];
  for (let at = 0; at < pattern.length; at++) {
    const top = open.at(-1);
    if (top === undefined) break;
    const character = pattern[at];
    if (character === "\\") at++;
    else if (character === "{") open.push({ before: 0, own: 1, start: at });
    else if (character === "," && open.length > 1) [top.before, top.own] = [top.before + top.own, 1];
    else if (character === "}" && open.length > 1) {
      open.pop();
      const outer = open.at(-1);
      if (outer !== undefined)
        outer.own *= Math.max(top.before + top.own, rangeOf(pattern.slice(top.start, at + 1)));
    }
  }
  return open.reduce((product, { before, own }) => product * (before + own), 1);
}

/** How many values a range like {1..9} or {a..z} has; 1 where it is none. */
function rangeOf(text: string): number {
  const [, from = "", to = ""] = /^\{([^{},]*?)\.\.([^{},]*?)(?:\.\.[^{},]*)?\}$/.exec(text) ?? [];
  if (from === "" || to === "") return 1;
  const [first, last] = [from, to].map((end) =>
    /^-?\d+$/.test(end) ? Number(end) : (end.codePointAt(0) ?? 0),
  );
  return Math.abs((last ?? 0) - (first ?? 0)) + 1;
}

/** A pattern without braces for each of its alternatives. @throws GlobError where they are too many */
function alternativesOf(pattern: string): readonly string[] {
  if (countAlternatives(pattern) > MAX_ALTERNATIVES) throw tooMany();
  const done: string[] = [];
  const open = [pattern];
  let length = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const group = firstGroup(next);
    if (group === undefined) {
      done.push(next);
      length += next.length;
      if (length > MAX_LENGTH) throw tooMany();
      continue;
    }
    const [head, tail] = [next.slice(0, group.start), next.slice(group.end)];
    for (const choice of group.choices) open.push(`${head}${choice}${tail}`);
  }
  return done;
}

function tooMany(): GlobError {
  return new GlobError(`the pattern has too many alternatives: at most ${MAX_ALTERNATIVES} are allowed`);
}

interface BraceGroup {
  readonly start: number;
  readonly end: number;
  readonly choices: readonly string[];
}

/** The first braces with a comma or a range of numbers between them; other braces are characters like others. */
function firstGroup(pattern: string): BraceGroup | undefined {
  for (let start = 0; start < pattern.length; start++) {
    if (pattern[start] === "\\") start++;
    else if (pattern[start] === "{") {
      const group = groupAt(pattern, start);
      if (group !== undefined && group.choices.length > 1) return group;
    }
  }
  return undefined;
}

function groupAt(pattern: string, start: number): BraceGroup | undefined {
  const choices: string[] = [];
  let [depth, from] = [0, start + 1];
  for (let at = start; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === "\\") at++;
    else if (character === "{") depth++;
    else if (character === "," && depth === 1) {
      choices.push(pattern.slice(from, at));
      from = at + 1;
    } else if (character === "}" && --depth === 0)
      return {
        start,
        end: at + 1,
        choices: [...choices, ...lastChoices(pattern.slice(from, at), choices.length === 0)],
      };
  }
  return undefined;
}

/** What stands before the end of braces: a choice, or, where it is all there is, the numbers of a range. */
function lastChoices(text: string, isAlone: boolean): readonly string[] {
  const [, from = "", to = ""] = (isAlone && /^(-?\d+)\.\.(-?\d+)$/.exec(text)) || [];
  if (from === "") return [text];
  const width = /^-?0\d/.test(from) || /^-?0\d/.test(to) ? Math.max(from.length, to.length) : 0;
  const [first, last] = [Math.min(Number(from), Number(to)), Math.max(Number(from), Number(to))];
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index).padStart(width, "0"));
}

/** What stands for one character: itself, any, or one of a class. */
type Token = "*" | ((character: string) => boolean);
/** A part of a pattern between slashes. */
type Part = "**" | Tokens;
interface Tokens {
  readonly tokens: readonly Token[];
  /** Begins with a star: such a part is never "." or "..". */
  readonly isOpen: boolean;
}

function partsOf(pattern: string): readonly Part[] {
  const parts = pattern.replace(/^\.\/+/, "").split("/");
  return parts.map((part) => (part === "**" ? "**" : tokensOf(part)));
}

function tokensOf(part: string): Tokens {
  const tokens: Token[] = [];
  const characters = [...part];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? "";
    const end = character === "[" ? classEnd(characters, at) : -1;
    if (character === "*") {
      if (tokens.at(-1) !== "*") tokens.push("*");
    } else if (character === "?") tokens.push(() => true);
    else if (end > 0) {
      tokens.push(classOf(characters.slice(at + 1, end)));
      at = end;
    } else {
      const own = character === "\\" && at + 1 < characters.length ? (characters[++at] ?? "") : character;
      tokens.push((other) => other === own);
    }
  }
  return { tokens, isOpen: characters[0] === "*" };
}

/** Where a class ends that begins at some place; -1 where none does. */
function classEnd(characters: readonly string[], start: number): number {
  const first = start + (characters[start + 1] === "!" || characters[start + 1] === "^" ? 2 : 1);
  // A bracket that comes first is one of the class.
  for (let at = first; at < characters.length; at++) {
    if (characters[at] === "\\") at++;
    else if (characters[at] === "]" && at > first) return at;
  }
  return -1;
}

function classOf(inner: readonly string[]): Token {
  const isNegated = inner[0] === "!" || inner[0] === "^";
  const ranges: [number, number][] = [];
  for (let at = isNegated ? 1 : 0; at < inner.length; at++) {
    if (inner[at] === "\\" && at + 1 < inner.length) at++;
    const from = codeOf(inner[at]);
    const isRange = inner[at + 1] === "-" && at + 2 < inner.length;
    ranges.push([from, isRange ? codeOf(inner[at + 2]) : from]);
    if (isRange) at += 2;
  }
  return (character) => {
    const code = codeOf(character);
    return ranges.some(([from, to]) => from <= code && code <= to) !== isNegated;
  };
}

function codeOf(character = ""): number {
  return character.codePointAt(0) ?? 0;
}

/** Row by row over the parts of the pattern: which numbers of parts of the path it can have matched so far. */
function matchesParts(glob: readonly Part[], path: readonly string[]): boolean {
  let reached = [true, ...path.map(() => false)];
  for (const part of glob) {
    const next = path.map(() => false);
    next.unshift(part === "**" && reached[0] === true);
    for (const [index, name] of path.entries()) {
      next[index + 1] =
        part === "**"
          ? reached[index + 1] === true || (next[index] === true && !isDots(name))
          : reached[index] === true && matchesPart(part, name);
    }
    reached = next;
  }
  return reached[path.length] === true;
}

/** Row by row over a part's tokens: how many characters of the name they can have matched so far. */
function matchesPart({ tokens, isOpen }: Tokens, name: string): boolean {
  if (isOpen && (name === "" || isDots(name))) return false;
  const characters = [...name];
  let reached = [true, ...characters.map(() => false)];
  for (const token of tokens) {
    const next = [token === "*" && reached[0] === true];
    for (const [index, character] of characters.entries()) {
      next[index + 1] =
        token === "*"
          ? reached[index + 1] === true || next[index] === true
          : reached[index] === true && token(character);
    }
    reached = next;
  }
  return reached[characters.length] === true;
}

function isDots(name: string): boolean {
  return name === "." || name === "..";
}
