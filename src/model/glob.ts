import { alternativesOf, GlobError } from "./glob-braces.js";

/**
 * Globs: `*` and `?` match any characters except a slash; `**` as a whole part of a path matches any number of parts.
 * `[a-z]` and `[!a-z]` match one character, `{a,b}` either; a backslash makes the next character literal.
 *
 * Matching takes time proportional to pattern times path, because both may be hostile.
 */

/** What a pattern says about paths, which have slashes between their parts. */
export interface Glob {
  matches(path: string): boolean;
  /** True if a path below this one may match. */
  leads(path: string): boolean;
}

/**
 * Reads a pattern.
 *
 * @throws GlobError
 */
export function globOf(pattern: string): Glob {
  refuseOthers(pattern);
  const globs = alternativesOf(pattern).map(partsOf);
  return {
    matches: (path) => {
      const parts = path.split("/");
      return globs.some((glob) => reachedBy(glob, parts).at(-1) === true);
    },
    leads: (path) => {
      const parts = path.split("/");
      return globs.some((glob) => leadsOn(glob, reachedBy(glob, parts)));
    },
  };
}

/**
 * Returns a function that tests whether a path matches one of the patterns.
 *
 * @throws GlobError
 */
export function globMatcher(patterns: readonly string[]): (path: string) => boolean {
  const globs = patterns.map(globOf);
  return (path) => globs.some((glob) => glob.matches(path));
}

/** Refuses syntax of other dialects that would silently mean something else here. */
function refuseOthers(pattern: string): void {
  if (pattern.startsWith("!"))
    throw new GlobError("a pattern cannot be negated; write \\! where a name begins with it");
  if (/(?:^|[^\\])[@+?*!]\(/.test(pattern))
    throw new GlobError("a pattern has *, **, ?, [a-z] and {a,b} only; write \\( for a bracket");
  if (pattern.includes("[:")) throw new GlobError("a pattern has no classes with names; write [a-z0-9]");
}

/** One character: a fixed one, any, or one of a class. "*" is any number of them. */
type Token = "*" | ((character: string) => boolean);
/** A part of a pattern between slashes. */
type Part = "**" | Tokens;
interface Tokens {
  readonly tokens: readonly Token[];
  /** True if it begins with a star; such a part never matches "." or "..". */
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

/** The end of the class that begins at `start`; -1 if there is none. */
function classEnd(characters: readonly string[], start: number): number {
  const first = start + (characters[start + 1] === "!" || characters[start + 1] === "^" ? 2 : 1);
  // A bracket at the start belongs to the class.
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

/** True if parts of the pattern are left that a longer path may match. */
function leadsOn(glob: readonly Part[], reached: readonly boolean[]): boolean {
  return reached.slice(0, -1).includes(true) || (glob.at(-1) === "**" && reached.at(-1) === true);
}

/**
 * Row by row over the parts of the pattern: how many parts of the path may have matched so far. For each number of
 * parts of the pattern, from none on: whether they match the whole path.
 */
function reachedBy(glob: readonly Part[], path: readonly string[]): readonly boolean[] {
  let reached = [true, ...path.map(() => false)];
  const whole = [path.length === 0];
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
    whole.push(reached[path.length] === true);
  }
  return whole;
}

/** Row by row over a part's tokens: how many characters of the name may have matched so far. */
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
