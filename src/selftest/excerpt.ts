import type { IntegrationFacet, JsonObject, Subject } from "../model/subject.js";
import type { OpenedDocument } from "../run/open-document.js";

/** One record of the user's inputs, in the order of the log. A document is one record. */
export interface HeldRecord {
  readonly path: string;
  /** 1-based line in the input where the record begins. */
  readonly line: number;
  /** 1-based line in the excerpt of the input, where each record has one line. */
  readonly place: number;
  /** On one line. */
  readonly text: string;
  /** Undefined if it is no JSON object. */
  readonly subject: Subject | undefined;
  /** The document that this record is; undefined for a record of a log. */
  readonly document?: OpenedDocument;
}

/** A record that is an object. */
export interface HeldObject extends HeldRecord {
  readonly subject: Subject;
}

/** A beginning of the user's inputs, small enough to be checked many times. */
export class Excerpt {
  readonly records: readonly HeldRecord[];
  readonly #objects: readonly HeldObject[];
  readonly #known = new Map<object, unknown>();

  constructor(records: readonly HeldRecord[]) {
    this.records = records;
    this.#objects = records.filter((record): record is HeldObject => record.subject !== undefined);
  }

  /** The records that are objects and satisfy a condition; computed once for each function. */
  where(isMeant: (record: HeldObject) => boolean): readonly HeldObject[] {
    return this.once(isMeant, () => this.#objects.filter(isMeant));
  }

  /** Groups of records by a key, each in the order of the log; computed once for each function. */
  grouped(keyOf: (record: HeldObject) => string | undefined): ReadonlyMap<string, readonly HeldObject[]> {
    return this.once(keyOf, () => {
      const groups = new Map<string, HeldObject[]>();
      for (const record of this.#objects) {
        const key = keyOf(record);
        if (key === undefined) continue;
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [record]);
        else group.push(record);
      }
      return groups;
    });
  }

  /** A value about the whole excerpt, which is computed at its first use. */
  once<Value>(key: object, compute: () => Value): Value {
    if (!this.#known.has(key)) this.#known.set(key, compute());
    return this.#known.get(key) as Value;
  }
}

/** The data of a record that is an object. */
export function dataOf({ subject }: HeldObject): JsonObject {
  return subject.value;
}

/** The integration event that an external_integration event carries; undefined for other records. */
export function wrappedIn({ subject }: HeldObject): IntegrationFacet | undefined {
  const facet = subject.kind === "event" ? subject.integration : undefined;
  return facet?.wrapping === "external_integration" && facet.fault === undefined ? facet : undefined;
}

/** The integration event of a record, wherever it stands. */
export function integrationIn({ subject }: HeldObject): IntegrationFacet | undefined {
  return subject.kind === "event" || subject.kind === "integration-event" ? subject.integration : undefined;
}
