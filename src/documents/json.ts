import {
  INDEXED_DEPTH,
  locate,
  locateAll,
  odditiesOf,
  type Span,
  scalarsOf,
  syntaxErrorOf,
} from "../json/json-scan.js";
import { MAX_DEPTH, parsedJson, tooDeepAt } from "../model/parsed-json.js";
import { type RawDocument, type RawProblem, unreadableDocument } from "./places.js";

/** Every format uses the same words. */
export const REPEATED = {
  message: "This member name comes twice in its object; the last one counts.",
  leavesOut: true,
} as const;
export const INEXACT = {
  message: "This number cannot be kept exactly.",
  hint: "If it is meant as text, put it in quotes.",
};

/** Reads a document that is a single JSON value. */
export function readJson(text: string): RawDocument {
  const tooDeep = tooDeepAt(text);
  if (tooDeep >= 0)
    return unreadableDocument(tooDeep, `Values are nested more than ${MAX_DEPTH} levels deep here.`);
  const value = parsedJson(text);
  if (value === undefined) {
    const { offset, expected } = syntaxErrorOf(text) ?? { offset: 0, expected: "a value" };
    const wanted = expected.replace("the record", "the document");
    return unreadableDocument(offset, `This is not valid JSON: ${wanted} was expected here.`);
  }
  const repeats = odditiesOf(text)
    .filter(({ kind }) => kind === "duplicate-key")
    .map(({ offset }) => ({ offset, ...REPEATED }));
  return {
    value,
    spanOf: placing(text),
    problems: [...repeats, ...inexactNumbers(text)].sort((a, b) => a.offset - b.offset),
  };
}

/** Finds values by their pointers: the first few one by one, then all at once. */
function placing(text: string): RawDocument["spanOf"] {
  let lookups = 0;
  let spans: ReadonlyMap<string, Span> | undefined;
  return (pointer) => {
    lookups++;
    if (lookups > FEW) spans ??= locateAll(text);
    const { start, end } = spans?.get(pointer) ?? nearestIn(spans, pointer) ?? locate(text, pointer);
    return { start, end: text[start] === "{" || text[start] === "[" ? start + 1 : end };
  };
}

const FEW = 4;

/** The span of the value around a missing one; undefined if the index may be incomplete. */
function nearestIn(spans: ReadonlyMap<string, Span> | undefined, pointer: string): Span | undefined {
  if (spans === undefined || pointer.split("/").length > INDEXED_DEPTH) return undefined;
  for (let at = pointer.lastIndexOf("/"); at >= 0; at = pointer.lastIndexOf("/", at - 1)) {
    const span = spans.get(pointer.slice(0, at));
    if (span !== undefined || at === 0) return span;
  }
  return undefined;
}

function inexactNumbers(text: string): RawProblem[] {
  return scalarsOf(text)
    .filter(({ start, end }) => /[-\d]/.test(text[start] ?? "") && isInexact(Number(text.slice(start, end))))
    .map(({ start }) => ({ offset: start, ...INEXACT }));
}

/** True if a double does not hold the number exactly, or the number is not finite. */
export function isInexact(value: number): boolean {
  return Number.isInteger(value) ? !Number.isSafeInteger(value) : !Number.isFinite(value);
}
