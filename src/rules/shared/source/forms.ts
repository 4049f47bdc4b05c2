import type { Examined } from "../../../model/examined.js";
import type { Schema } from "../../../model/source.js";
import type { JsonObject } from "../../../model/subject.js";

/**
 * What is kept of an event: its type, and its schema in a state.
 *
 * @template Value what rules see
 * @template Kept how it is kept, which must survive JSON
 */
export interface Form<Value, Kept = Value> {
  readonly schema: Schema;
  /** How many numbers are kept; undefined for what is no number. */
  readonly width?: number;
  /** The schema of an attachment, where there may be one. */
  readonly attachment?: Schema;
  /** Default: rules see what is kept. */
  read?(kept: Kept, attachment: unknown): Value;
}

/** A form that is read off an event. */
export interface Taken<Value, Kept = Value> extends Form<Value, Kept> {
  /** @returns undefined for an event of which nothing is to be kept */
  take: Take<Kept>;
}

/** Reads something off the part of a record that a source is of. */
export type Take<Kept> = (part: JsonObject, examined: Examined) => Kept | undefined;

export const text: Form<string> = { schema: { type: "string" } };

/** A JSON pointer. */
export const pointer: Form<string> = { schema: { type: "string", pattern: "^(?:$|/)" } };

/** 64 hexadecimal digits. */
export const sha256: Form<string> = { schema: { type: "string", pattern: "^[0-9a-f]{64}$" } };

/** A whole number from 0. */
export const count: Form<number> & { readonly width: 1 } = {
  schema: { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
  width: 1,
};

/** A whole number. */
export const whole: Form<number> & { readonly width: 1 } = {
  schema: { type: "integer", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
  width: 1,
};

export const flag: Form<boolean> = { schema: { type: "boolean" } };

export function literal<const Value extends string | boolean>(value: Value): Form<Value> {
  return { schema: { const: value } };
}

/** One of some names. */
export function nameOf<const Name extends string>(names: readonly Name[]): Form<Name> {
  return { schema: { enum: names } };
}

export function orNull<Value>({ schema }: Form<Value>): Form<Value | null> {
  return { schema: { anyOf: [schema, { type: "null" }] } };
}

export function list<Value>({ schema }: Form<Value>): Form<readonly Value[]> {
  return { schema: { type: "array", items: schema } };
}

/** A list of three. */
export function triple<A, B, C>(a: Form<A>, b: Form<B>, c: Form<C>): Form<readonly [A, B, C]> {
  const items = [a.schema, b.schema, c.schema];
  return { schema: { type: "array", minItems: items.length, maxItems: items.length, items } };
}

/** A member that an object may lack. */
export interface Optional<Value> {
  readonly optional: Form<Value>;
}

export function optional<Value>(form: Form<Value>): Optional<Value> {
  return { optional: form };
}

type Members = Readonly<Record<string, Form<unknown> | Optional<unknown>>>;

type ObjectOf<Of extends Members> = {
  readonly [Name in keyof Of as Of[Name] extends Form<unknown> ? Name : never]: ValueOf<Of[Name]>;
} & {
  readonly [Name in keyof Of as Of[Name] extends Form<unknown> ? never : Name]?: ValueOf<Of[Name]>;
};

/** The type of what has a form. */
export type ValueOf<Member> =
  Member extends Form<infer Value, infer _Kept>
    ? Value
    : Member extends Optional<infer Value>
      ? Value
      : never;

export function object<Of extends Members>(members: Of): Form<ObjectOf<Of>> {
  const entries = Object.entries(members);
  const required = entries.filter(([, member]) => !("optional" in member)).map(([name]) => name);
  return {
    schema: {
      type: "object",
      additionalProperties: false,
      ...(required.length > 0 && { required }),
      properties: Object.fromEntries(
        entries.map(([name, member]) => [name, ("optional" in member ? member.optional : member).schema]),
      ),
    },
  };
}

/** One of several forms. */
export function either<A, B, C>(a: Form<A>, b: Form<B>, c: Form<C>): Form<A | B | C> {
  return { schema: { oneOf: [a.schema, b.schema, c.schema] } };
}
