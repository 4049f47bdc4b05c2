import type { Examined } from "../../../model/examined.js";
import type { Read } from "../../../model/source.js";
import type { JsonObject } from "../../../model/subject.js";
import type { Column, SmallColumn } from "./columns.js";
import { count, type Form, list, type Taken, whole } from "./forms.js";

/** What tells deliveries of one event apart: a digest, and how many of its bits are kept. */
interface Delivery {
  readonly bits: number;
  of(examined: Examined): number;
}

export const DELIVERIES = {
  /** The whole record. */
  delivery: { bits: 47, of: ({ record }) => record.digests.delivery },
  /** The integration event, whatever its envelope says. */
  payload: {
    bits: 52,
    of: ({ record, event, integration }) => record.digests.of(integration?.value ?? event),
  },
} as const satisfies Readonly<Record<string, Delivery>>;

const SAFE_BITS = 53;

type Columns = Readonly<Record<string, Column<unknown>>>;
type SmallColumns = Readonly<Record<string, SmallColumn<unknown>>>;
type ValueOf<Of> = Of extends Form<infer Value, number> ? Value : never;
type SmallValueOf<Of> = Of extends SmallColumn<infer Value> ? Value : never;
type RowOf<Of> = { readonly [Name in keyof Of]: ValueOf<Of[Name]> };

/** A row of small columns, and which delivery it is of. */
export type DeliveredRow<Of> = { readonly [Name in keyof Of]: SmallValueOf<Of[Name]> } & {
  readonly delivery: number;
};

/**
 * Columns of few values in one number, with the delivery above them. The first column weighs most.
 *
 * @throws Error where they do not fit
 */
export function packedRow<Of extends SmallColumns>(
  columns: Of,
  once: keyof typeof DELIVERIES,
): Taken<DeliveredRow<Of>, number> & { readonly facts: number } {
  const { bits, of: deliveryOf } = DELIVERIES[once];
  const [most, room] = [2 ** bits, 2 ** (SAFE_BITS - bits)];
  const parts = Object.values(columns);
  const size = parts.reduce((product, column) => product * column.size, 1);
  if (size > room) throw new Error(`${size} values do not fit beside a delivery of ${bits} bits`);
  const take = factsTaken(parts);
  return {
    schema: count.schema,
    width: 1,
    facts: room,
    read: readerOf({ ...factsIn(columns, room), delivery: (kept: number) => Math.floor(kept / room) }),
    take: (part, examined) => {
      const facts = take(part, examined);
      return facts === undefined ? undefined : (deliveryOf(examined) % most) * room + facts;
    },
  };
}

type TakeFacts = (part: JsonObject, examined: Examined) => number | undefined;

/** All columns in one number. Of one or two, which most have, without a loop. */
function factsTaken(columns: readonly SmallColumn<unknown>[]): TakeFacts {
  const [first, second, ...others] = columns;
  if (first === undefined) return () => 0;
  if (second === undefined) return first.take;
  if (others.length > 0) throw new Error("no more than two columns share a number");
  return (part, examined) => {
    const [high, low] = [first.take(part, examined), second.take(part, examined)];
    return high === undefined || low === undefined ? undefined : high * second.size + low;
  };
}

type Getter = (kept: number) => unknown;

/** Reads each column from a number, whose lowest bits they are. All values are made beforehand: they are few. */
function factsIn(columns: SmallColumns, room: number): Record<string, Getter> {
  const getters: Record<string, Getter> = {};
  let weight = 1;
  for (const [name, { size, read }] of Object.entries(columns).reverse()) {
    const values = Array.from({ length: room }, (_, facts) => read(Math.floor(facts / weight) % size));
    // Works on the lower 32 bits of any number, many times as fast as a remainder of one that has more.
    getters[name] = (kept) => values[kept & (room - 1)];
    weight *= size;
  }
  return getters;
}

/** A row of columns with a number each. */
export interface RowForm<Of extends Columns, More>
  extends Form<RowOf<Of> & More, number | readonly number[]> {
  readonly width: number;
  write(row: RowOf<Of>): number | readonly number[];
}

/**
 * Columns with a number each, and what only a few rows have besides.
 *
 * @param attached the one attachment, by the name under which rules see it
 */
export function row<Of extends Columns, Attached extends Readonly<Record<string, Form<unknown>>>>(
  columns: Of,
  attached: Attached,
): RowForm<Of, { readonly [Name in keyof Attached]?: AttachedOf<Attached[Name]> }> {
  const entries = Object.entries(columns);
  const width = entries.length;
  const getters = entries.map(([name, column], index) => {
    const get = (kept: number | readonly number[]): unknown => {
      const number = numberAt(kept, index);
      return column.read === undefined ? number : column.read(number, undefined);
    };
    return [name, get] as const;
  });
  const [attachment] = Object.entries(attached);
  return {
    schema: width === 1 ? whole.schema : { ...list(whole).schema, minItems: width, maxItems: width },
    width,
    ...(attachment !== undefined && { attachment: attachment[1].schema }),
    read: readerOf(Object.fromEntries(getters), attachment?.[0]),
    write: (values) => {
      const [only, ...others] = entries;
      if (only !== undefined && others.length === 0) return only[1].write(values[only[0]]);
      return entries.map(([name, column]) => column.write(values[name]));
    },
  };
}

type AttachedOf<Of> = Of extends Form<infer Value> ? Value : never;

function numberAt(kept: number | readonly number[], index: number): number {
  const number = typeof kept === "number" ? kept : kept[index];
  if (number === undefined) throw new RangeError(`a row has no column ${index}`);
  return number;
}

/** Makes rows whose members are read when they are asked for: most rules ask for a few. */
function readerOf<Kept>(
  getters: Readonly<Record<string, (kept: Kept) => unknown>>,
  attached?: string,
): Read<never> {
  class Row {
    // Declared only: a field is set twice, and there are as many rows as events.
    declare readonly kept: Kept;
    declare readonly attachment: unknown;
    constructor(kept: Kept, attachment: unknown) {
      this.kept = kept;
      this.attachment = attachment;
    }
  }
  for (const [name, get] of Object.entries(getters))
    Object.defineProperty(Row.prototype, name, {
      get(this: Row) {
        return get(this.kept);
      },
    });
  if (attached !== undefined)
    Object.defineProperty(Row.prototype, attached, {
      get(this: Row) {
        return this.attachment;
      },
    });
  return (kept, attachment) => new Row(kept as Kept, attachment) as never;
}
