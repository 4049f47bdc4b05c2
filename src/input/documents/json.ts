import { locate, odditiesOf, scalarsOf, syntaxErrorOf } from "../json-scan.js";
import { type RawDocument, type RawProblem, unreadable } from "./places.js";

/** The same words for every format. */
export const REPEATED = "This member name comes twice in its object; the last one counts.";
export const INEXACT = {
  message: "This number cannot be kept exactly.",
  hint: "If it is meant as text, put it in quotes.",
};

/** Reads a document that is one JSON value. */
export function readJson(text: string): RawDocument {
  const value = parsed(text);
  if (value === undefined) {
    const { offset, expected } = syntaxErrorOf(text) ?? { offset: 0, expected: "a value" };
    const wanted = expected.replace("the record", "the document");
    return unreadable(offset, `This is not valid JSON: ${wanted} was expected here.`);
  }
  const oddities = odditiesOf(text);
  const deep = oddities.find(({ kind }) => kind === "deep-nesting");
  if (deep !== undefined) return unreadable(deep.offset, "Values are nested too deep here.");
  const repeats = oddities
    .filter(({ kind }) => kind === "duplicate-key")
    .map(({ offset }) => ({ offset, message: REPEATED }));
  return {
    value,
    spanOf: (pointer) => {
      const { start, end } = locate(text, pointer);
      return { start, end: text[start] === "{" || text[start] === "[" ? start + 1 : end };
    },
    problems: [...repeats, ...inexactNumbers(text)].sort((a, b) => a.offset - b.offset),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function inexactNumbers(text: string): RawProblem[] {
  return scalarsOf(text)
    .filter(({ start, end }) => /[-\d]/.test(text[start] ?? "") && isInexact(Number(text.slice(start, end))))
    .map(({ start }) => ({ offset: start, ...INEXACT }));
}

/** Whether a number lies beyond what a double holds exactly, or is no finite number at all. */
export function isInexact(value: number): boolean {
  return Number.isInteger(value) ? !Number.isSafeInteger(value) : !Number.isFinite(value);
}
