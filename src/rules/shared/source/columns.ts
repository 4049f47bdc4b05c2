import type { IntegrationFacet } from "../../../model/subject.js";
import { type Field, takeOf } from "./fields.js";
import { count, type Form, type Take, whole } from "./forms.js";

/** A form that is kept as one number. */
export interface Column<Value> extends Form<Value, number> {
  readonly width: 1;
  /** The number that is kept for a value. */
  write(value: Value): number;
}

/** One of some names. */
export function nameColumn<const Name extends string>(names: readonly Name[]): Column<Name> {
  return {
    schema: { enum: names.map((_, number) => number) },
    width: 1,
    write: (name) => names.indexOf(name),
    read: (kept) => names[kept] as Name,
  };
}

/** A whole number. */
export const wholeColumn: Column<number> = { schema: whole.schema, width: 1, write: (value) => value };

/** A number from 0, or none. */
export const countOrNone: Column<number | undefined> = {
  schema: count.schema,
  width: 1,
  write: (value) => (value === undefined ? 0 : value + 1),
  read: (kept) => (kept === 0 ? undefined : kept - 1),
};

/** Few values, read off an event, which share a number with others. */
export interface SmallColumn<Value> {
  /** How many values there are. */
  readonly size: number;
  /** The number that stands for the value of an event, below `size`. */
  readonly take: Take<number>;
  read(number: number): Value;
}

/** One of some names; undefined for anything else. */
export function oneOf<const Name extends string>(
  field: Field,
  names: readonly Name[],
): SmallColumn<Name | undefined> {
  const take = takeOf(field);
  return {
    size: names.length + 1,
    take: (part, examined) => {
      const number = indexIn(names, take(part, examined));
      return number < 0 ? names.length : number;
    },
    read: (number) => names[number],
  };
}

/** One of some names; nothing is kept of other events. */
export function onlyOneOf<const Name extends string>(
  field: Field,
  names: readonly Name[],
): SmallColumn<Name> {
  const take = takeOf(field);
  return {
    size: names.length,
    take: (part, examined) => {
      const number = indexIn(names, take(part, examined));
      return number < 0 ? undefined : number;
    },
    read: (number) => names[number] as Name,
  };
}

/** Where a name stands among a few; -1 where it does not. Several times as fast as `indexOf` for so few texts. */
export function indexIn(names: readonly string[], name: unknown): number {
  for (let index = 0; index < names.length; index++) if (names[index] === name) return index;
  return -1;
}

/** Where an integration event stands in its record, as a pointer. */
export const baseColumn: SmallColumn<IntegrationFacet["base"]> = {
  size: 2,
  take: (_part, { integration }) => (integration?.base === "" ? 1 : 0),
  read: (number) => (number === 0 ? "/payload" : ""),
};
