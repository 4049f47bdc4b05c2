import type { Placed } from "../../documents/places.js";
import type { Span } from "../../json/json-scan.js";
import type { PageText } from "./blocks.js";
import { plain } from "./text.js";

/** A value of the mapping that a page states, with its places on the page. */
export interface Noted {
  readonly value: unknown;
  readonly placed: Placed;
}

export function spanOf({ text, start }: PageText): Span {
  return { start, end: start + text.length };
}

/** A value: the words of the page, or their meaning. */
export function said(stretch: PageText, value: string = plain(stretch)): Noted {
  return { value, placed: { span: spanOf(stretch) } };
}

export function listedNotes(items: readonly Noted[]): Noted | undefined {
  const [first] = items;
  if (first === undefined) return undefined;
  const members = new Map(items.map(({ placed }, index) => [String(index), placed]));
  return { value: items.map(({ value }) => value), placed: { span: first.placed.span, members } };
}

/** An object of the members that the page states. */
export function object(span: Span, members: Readonly<Record<string, Noted | undefined>>): Noted {
  const value = Object.create(null) as Record<string, unknown>;
  const places = new Map<string, Placed>();
  for (const [name, noted] of Object.entries(members)) {
    if (noted === undefined) continue;
    value[name] = noted.value;
    places.set(name, noted.placed);
  }
  return { value, placed: { span, members: places } };
}
