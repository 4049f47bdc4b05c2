import type { MappingProblem } from "../model/mapping.js";
import { nearest } from "../model/nearest.js";
import { escapeSegment } from "../model/pointer.js";
import { isJsonObject, type JsonObject } from "../model/subject.js";

/** YAML's name for members that stand elsewhere. The reader of YAML has complained of it. */
export const MERGE_KEY = "<<";

/** Reads foreign data part by part, and collects its problems. */
export class Stated {
  readonly problems: MappingProblem[] = [];

  complain(pointer: string, message: string, hint?: string): void {
    this.problems.push({ pointer, message, ...(hint !== undefined && { hint }) });
  }

  /** The elements of a list with their pointers; empty if the list is missing or not a list. */
  items(object: JsonObject, pointer: string, member: string): (readonly [item: unknown, pointer: string])[] {
    const value = own(object, member);
    if (value === undefined) return [];
    const at = `${pointer}/${member}`;
    if (Array.isArray(value)) return value.map((item: unknown, index) => [item, `${at}/${index}`] as const);
    this.complain(at, `${member} must be a list.`);
    return [];
  }

  /** Any object; if `members` is given, reports names that are not among them. */
  object(value: unknown, pointer: string, what: string, members?: readonly string[]): JsonObject | undefined {
    if (!isJsonObject(value)) {
      this.complain(pointer, `${what} must be an object.`);
      return undefined;
    }
    for (const name of members === undefined ? [] : Object.keys(value)) {
      if (members?.includes(name) || isExtension(name) || name === MERGE_KEY) continue;
      const meant = nearest(name, members ?? []);
      const hint = meant === undefined ? EXTENSION_HINT : `Is it ${meant}?`;
      this.complain(`${pointer}/${escapeSegment(name)}`, "This member does not belong here.", hint);
    }
    return value;
  }

  /** The given members, as far as they are text. */
  texts<Name extends string>(
    object: JsonObject,
    pointer: string,
    names: readonly Name[],
  ): Partial<Record<Name, string>> {
    const texts: Partial<Record<Name, string>> = {};
    for (const name of names) {
      const text = this.text(object, pointer, name);
      if (text !== undefined) texts[name] = text;
    }
    return texts;
  }

  /** A text member, trimmed. */
  text(object: JsonObject, pointer: string, member: string, isRequired = false): string | undefined {
    const value = own(object, member);
    if (typeof value === "string" && value.trim() !== "") return value.trim();
    const at = `${pointer}/${member}`;
    if (value !== undefined) {
      const isBlank = typeof value === "string";
      const isNumber = typeof value === "number";
      this.complain(
        at,
        `${member} must be ${isBlank ? "more than blanks" : "text"}.`,
        isNumber ? QUOTES_HINT : undefined,
      );
    } else if (isRequired) this.complain(at, `${member} is missing.`);
    return undefined;
  }
}

const EXTENSION_HINT = "Names that begin with x- are free.";
const QUOTES_HINT = "Put it in quotes.";

/** A member's own value; undefined for a missing or inherited one. */
export function own(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** True for names that anybody may add to our documents. */
export function isExtension(name: string): boolean {
  return name.startsWith("x-");
}
