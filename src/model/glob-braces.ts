/** Largest number of alternatives in a pattern after its braces are expanded. */
export const MAX_ALTERNATIVES = 1000;
/** Largest total length of all alternatives of a pattern, in characters. */
const MAX_LENGTH = 100_000;

/** Thrown for an unusable pattern; the message says why, and what to write instead. */
export class GlobError extends Error {}

/**
 * Number of alternatives that the braces of a pattern expand to. Ranges like {1..9} count, as in dialects that have
 * them. Infinity if there are too many to count.
 */
export function countAlternatives(pattern: string): number {
  /** For each open brace: alternatives before its last comma, and in the part after it. */
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

/** Number of values in a range like {1..9} or {a..z}; 1 if the text is not a range. */
function rangeOf(text: string): number {
  const [, from = "", to = ""] = /^\{([^{},]*?)\.\.([^{},]*?)(?:\.\.[^{},]*)?\}$/.exec(text) ?? [];
  if (from === "" || to === "") return 1;
  const [first, last] = [from, to].map((end) =>
    /^-?\d+$/.test(end) ? Number(end) : (end.codePointAt(0) ?? 0),
  );
  return Math.abs((last ?? 0) - (first ?? 0)) + 1;
}

/**
 * The alternatives of a pattern, without braces.
 *
 * @throws GlobError if there are too many
 */
export function alternativesOf(pattern: string): readonly string[] {
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

/** The first braces that contain a comma or a range of numbers; other braces are ordinary characters. */
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

/** The choices before a closing brace: the last one, or, if it stands alone, the numbers of a range. */
function lastChoices(text: string, isAlone: boolean): readonly string[] {
  const [, from = "", to = ""] = (isAlone && /^(-?\d+)\.\.(-?\d+)$/.exec(text)) || [];
  if (from === "") return [text];
  const width = /^-?0\d/.test(from) || /^-?0\d/.test(to) ? Math.max(from.length, to.length) : 0;
  const [first, last] = [Math.min(Number(from), Number(to)), Math.max(Number(from), Number(to))];
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index).padStart(width, "0"));
}
