import type { Span } from "../../json/json-scan.js";

/** A member that identifies the record. */
interface Naming extends Span {
  readonly name: string;
}

/** People look for these first, then for any other id. */
const FIRST = ["event_type", "event_family", "event_id"];
const ID = /^\/[a-z_]{1,30}_id$/;
/** Enough to find a record. */
const MOST = 5;

/** The members that identify a record, the most telling first. */
export function identifyingMembers(text: string, spans: ReadonlyMap<string, Span>): readonly Naming[] {
  const own = FIRST.map((name) => `/${name}`);
  const others = [...spans.keys()].filter((pointer) => ID.test(pointer) && !own.includes(pointer));
  return [...own, ...others]
    .flatMap((pointer) => {
      const span = spans.get(pointer);
      return span === undefined || isContainer(text, span) ? [] : [{ ...span, name: pointer.slice(1) }];
    })
    .slice(0, MOST);
}

function isContainer(text: string, { start }: Span): boolean {
  return text[start] === "{" || text[start] === "[";
}
