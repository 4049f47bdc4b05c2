import type { Examined } from "../../../model/examined.js";
import type { Observation } from "../../../model/observation.js";
import type { Observed, Read, Source, Storage } from "../../../model/source.js";
import type { JsonObject } from "../../../model/subject.js";
import type { SmallColumn } from "./columns.js";
import type { Key, Time } from "./fields.js";
import { count, type Form, literal, type Taken } from "./forms.js";
import { type Of, partOf, scopesOf } from "./parts.js";
import { type DELIVERIES, type DeliveredRow, packedRow } from "./rows.js";

/**
 * Which observations of a key are kept. "all": in the order of the log. "history": all, in causal order. "count": the
 * first, and how many there were. "each": the first of each value. "bins": how many there were at which time. Or what
 * two of them are merged into, the earlier part of the log first; that must be associative.
 */
type Keep<Value> =
  | "all"
  | "history"
  | "count"
  | "each"
  | "bins"
  | {
      merge(earlier: Observation<Value>, later: Observation<Value>): Observation<Value>;
      /** True for values of which `merge` keeps the one with the later instant, and of one instant the earlier. */
      isLatestKept?(value: Value): boolean;
    };

type SmallColumns = Readonly<Record<string, SmallColumn<unknown>>>;

interface Common {
  /** The kinds of record; fields are those of the event, or of the integration event where one is named. */
  readonly of: Of | readonly [Of, ...Of[]];
  /** Keys for which this gives the same text are dealt into the same partition. Default: the key itself. */
  readonly dealtBy?: (key: string) => string;
}

interface TakenSource extends Common {
  readonly key: Key;
  /** True if anything is kept of a part; default: of every one. */
  readonly when?: (part: JsonObject) => boolean;
  readonly at?: Time;
}

/** A history of small columns: it leaves out what was delivered again. */
interface HistorySpec<Columns extends SmallColumns> extends TakenSource {
  readonly columns: Columns;
  readonly once: keyof typeof DELIVERIES;
  readonly keep: "history";
}

/** One value an event. */
interface ValueSpec<Value, Kept> extends TakenSource {
  readonly value: Taken<Value, Kept>;
  /** A repeated value counts as said twice only by another delivery. */
  readonly once?: "delivery";
  readonly keep: "all" | "count" | "each" | "bins";
}

/** Only that there was an event. */
interface CountSpec extends TakenSource {
  readonly keep: "count";
}

/** What only a function can say. */
interface ObservedSpec<Value, Kept> extends Common {
  readonly value: Form<Value, Kept>;
  observe(examined: Examined): Observed<NoInfer<Kept>> | undefined;
  /** Most keys are UUIDs, and no instants are kept. */
  readonly keyed?: "uuid";
  /** The same number for deliveries of one event. */
  readonly once?: (value: NoInfer<Value>) => number | undefined;
  readonly keep: Keep<NoInfer<Value>>;
  /** Of each key no more values than this; only with "each". */
  readonly atMost?: number;
}

/**
 * Says once what log rules keep; see CONTRIBUTING.md. The store, the packing, the schema of a state and the type that
 * rules see follow from it.
 */
export function source<Columns extends SmallColumns>(
  spec: HistorySpec<Columns>,
): Source<DeliveredRow<Columns>>;
export function source<Value, Kept>(spec: ObservedSpec<Value, Kept>): Source<Value>;
export function source<Value, Kept>(spec: ValueSpec<Value, Kept>): Source<Value>;
export function source(spec: CountSpec): Source<true>;
export function source(
  spec: HistorySpec<SmallColumns> | ObservedSpec<unknown, unknown> | ValueSpec<unknown, unknown> | CountSpec,
): Source {
  if ("observe" in spec) return observedSource(spec);
  if ("columns" in spec) return historySource(spec);
  return "value" in spec ? valueSource(spec) : countSource(spec);
}

function observedSource(spec: ObservedSpec<unknown, unknown>): Source {
  const { value, keep, keyed, once, atMost } = spec;
  return {
    ...describedBy(spec, value, keep),
    ...storageOf(value, keep, keyed === "uuid", atMost),
    observe: spec.observe,
    ...(once !== undefined && { deliveryOf: once }),
  };
}

function historySource(spec: HistorySpec<SmallColumns>): Source {
  const row = packedRow(spec.columns, spec.once);
  return {
    ...describedBy(spec, row, "history"),
    ...storageOf(row, "history", false),
    observe: observing(spec, row.take),
    facts: row.facts,
    deliveryOf: ({ delivery }: { readonly delivery: number }) => delivery,
  };
}

function valueSource(spec: ValueSpec<unknown, unknown>): Source {
  const { value, keep, key, at, once } = spec;
  const isUuid = key.isUuid === true && at === undefined;
  const form = once === undefined ? value : { ...value, attachment: count.schema };
  return {
    ...describedBy(spec, form, keep),
    ...storageOf(form, keep, isUuid),
    ...(keep === "bins" && { keys: key.names ?? [] }),
    observe: observing(spec, value.take),
  };
}

/** Of each key the observation is the same: it is made once where all keys are known. */
function countSource(spec: CountSpec): Source {
  const form = literal(true);
  const { names = [], of } = spec.key;
  const known = new Map<unknown, Observed>(names.map((key) => [key, { key, value: true }]));
  const part = partOf(spec.of);
  return {
    ...describedBy(spec, form, "count"),
    ...storageOf(form, "count", false),
    observe: (examined) => {
      const seen = part(examined);
      return seen === undefined ? undefined : known.get(of(seen, examined));
    },
  };
}

/** Observes one value an event: part, value, key and time, in this order. */
function observing(
  { of, key, when, at, ...spec }: TakenSource & { readonly once?: unknown; readonly keep: unknown },
  take: Taken<unknown>["take"],
): Source["observe"] {
  const part = partOf(of);
  const timeOf = at?.of;
  const isTimeNeeded = at?.isNeeded === true;
  const isAttached = spec.keep === "each" && spec.once !== undefined;
  return (examined) => {
    const seen = part(examined);
    if (seen === undefined || when?.(seen) === false) return undefined;
    const value = take(seen, examined);
    if (value === undefined) return undefined;
    const name = key.of(seen, examined);
    if (name === undefined) return undefined;
    if (timeOf === undefined)
      return isAttached
        ? { key: name, value, attachment: examined.record.digests.delivery }
        : { key: name, value };
    const instant = timeOf(seen, examined);
    return instant === undefined && isTimeNeeded ? undefined : { key: name, value, instant };
  };
}

function describedBy(
  { of, dealtBy }: Common,
  { schema, attachment, read }: Form<unknown, unknown>,
  keep: Keep<unknown>,
): Pick<Source, "scopes" | "order" | "schema" | "read" | "dealtBy"> {
  return {
    scopes: scopesOf(of),
    order: keep === "history" ? "causal" : "log",
    schema: { value: schema, ...(attachment !== undefined && { attachment }) },
    ...(read !== undefined && { read: read as Read }),
    ...(dealtBy !== undefined && { dealtBy }),
  };
}

function storageOf(
  { width }: Form<unknown, unknown>,
  keep: Keep<unknown>,
  isUuid: boolean,
  keepsAtMost?: number,
): Storage {
  if (typeof keep === "object") {
    const { merge, isLatestKept } = keep as Exclude<Keep<unknown>, string>;
    return { store: "map", combine: merge, ...(isLatestKept !== undefined && { isLatestKept }) };
  }
  if (keep === "count") return { store: "map", keeps: "first" };
  if (keep === "each") return { store: "values", ...(keepsAtMost !== undefined && { keepsAtMost }) };
  if (width === undefined) return { store: "map" };
  if (keep === "bins") return { store: "bins", width };
  return isUuid ? { store: "uuids" } : { store: "columns", width };
}
