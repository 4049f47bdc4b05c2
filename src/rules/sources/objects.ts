import type { Examined } from "../../model/examined.js";
import type { Observed } from "../../model/source.js";
import { instantOf } from "../../protocol/fields/instant.js";
import { type ListedNames, namesListedIn } from "../shared/snapshot/listed-names.js";
import { objectsNamedIn, textOf } from "../shared/snapshot/named-objects.js";
import { text } from "../shared/source/forms.js";
import { source } from "../shared/source/source.js";

/** The most names of each kind that are compared: the first ones of the log; also the most snapshots. */
export const MOST_NAMES = 1_000;

export const SNAPSHOTS = "snapshots";

/**
 * The files, commits, plans and steps that the log names, by kind, and what its snapshots list. Of each kind one more is
 * kept than is compared, so that a rule sees that there are more.
 */
export const namedObjects = source({
  of: ["event", "integration", "sa", "snapshot"],
  value: text,
  keep: "each",
  atMost: MOST_NAMES + 1,
  // One event may name several objects, and a snapshot lists very many: either is one text.
  observe: (examined) => (examined.subject.kind === "snapshot" ? listedIn(examined) : objectsIn(examined)),
});

function listedIn({ event }: Examined): Observed<string> | undefined {
  const names = namesListedIn(event);
  if (names === undefined) return undefined;
  return { key: SNAPSHOTS, value: JSON.stringify(names), instant: instantOf(event.captured_at) };
}

/** What a snapshot lists, from its text. */
export function listedNamesOf(kept: string): ListedNames {
  return JSON.parse(kept) as ListedNames;
}

function objectsIn(examined: Examined): Observed<string> | undefined {
  const objects = objectsNamedIn(examined);
  const [first] = objects;
  if (first === undefined) return undefined;
  return { key: first.kind, value: textOf(objects), instant: instantOf(examined.event.timestamp) };
}
