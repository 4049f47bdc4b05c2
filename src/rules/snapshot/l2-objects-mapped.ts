import type { Concluding, Kept, Observation } from "../../model/rule.js";
import type { ClauseId } from "../../protocol/clauses/clauses.js";
import { foldedId } from "../../protocol/fields/formats.js";
import { logRule } from "../shared/define.js";
import { firstIn, isAfter } from "../shared/log/order.js";
import { type ListedNames, meaningsOf } from "../shared/snapshot/listed-names.js";
import {
  type NamedObject,
  OBJECT_KINDS,
  type ObjectKind,
  objectsOf,
} from "../shared/snapshot/named-objects.js";
import { listedNamesOf, MOST_NAMES, namedObjects, SNAPSHOTS } from "../sources/objects.js";

const CLAUSE = "RG-4.1-1";
/**
 * RG-4.1-1: which of the files, commits, plans and plan steps that the log names the snapshots list, and which of the
 * plans and steps have edges. Coverage only: what is missing is noted.
 */
export const l2ObjectsMapped = logRule({
  id: "l2-objects-mapped",
  clauses: [CLAUSE],
  title: "L2 objects are mapped into the PSG",
  why: "The runtime cannot reason about an object that the graph does not hold, and other modules do not know it.",
  fix: "Make a node for each plan, plan step, file and commit, keep its id in the node, and link plans and steps.",
  source: namedObjects,
  conclude: (kept, judging) => {
    const snapshots = kept.of(SNAPSHOTS);
    if (snapshots.length === 0) return;
    const objects = objectsOfLog(kept, snapshots);
    const lists = snapshots.slice(0, MOST_NAMES).map(({ value }) => listedNamesOf(value));
    const isCut = snapshots.length > MOST_NAMES || lists.some((list) => list.isCut === true);
    const index = new NameIndex(objects);
    for (const list of lists) index.take(list);
    const coverage = [...OBJECT_KINDS.map((kind) => nodesOf(kind, objects, index)), edgesOf(objects, index)];
    sayCoverage(
      coverage,
      { isCut, isMore: OBJECT_KINDS.some((kind) => kept.of(kind).length > MOST_NAMES) },
      judging,
    );
  },
});

/** An object that the log names, and where it does so first. */
interface Named extends NamedObject {
  readonly kind: ObjectKind;
  readonly observation: Observation<string>;
}

/** The objects that the log names while snapshots are taken. What it deletes the graph need not hold. */
function objectsOfLog(kept: Kept<string>, snapshots: readonly Observation<string>[]): readonly Named[] {
  const last = snapshots.reduce((a, b) => (isAfter(b, a) ? b : a));
  const gone = new Set(kept.of("deleted").flatMap(({ value }) => objectsOf(value).map(meaningOf)));
  const objects = new Map<string, Named>();
  for (const observation of OBJECT_KINDS.flatMap((kind) => kept.of(kind).slice(0, MOST_NAMES))) {
    if (isAfter(observation, last)) continue;
    for (const object of objectsOf(observation.value)) {
      const { kind } = object;
      if (kind === "deleted" || (kind === "file" && gone.has(meaningOf(object)))) continue;
      const key = `${kind} ${meaningOf(object)}`;
      const known = objects.get(key);
      const first =
        known === undefined ? observation : (firstIn([known.observation, observation]) ?? observation);
      objects.set(key, known?.observation === first ? known : { ...object, kind, observation: first });
    }
  }
  return [...objects.values()];
}

/** What a name means wherever it stands: a path from the workspace, a UUID in either case. */
function meaningOf({ kind, name }: NamedObject): string {
  const isPath = kind === "file" || kind === "deleted";
  return isPath ? name.replaceAll("\\", "/").replace(/^(?:\.?\/)+/, "") : foldedId(name);
}

/** As much of a commit_id as Git shows. */
const SHORT_COMMIT = 7;

/** Finds the names of a log in what snapshots list. */
class NameIndex {
  /** The ids of the nodes that stand for an object, by what it is called. */
  readonly #nodes = new Map<string, Set<string>>();
  /** What a commit may be called for short. */
  readonly #shortened = new Map<string, string>();
  readonly #ends = new Set<string>();
  listsEdges = false;

  constructor(objects: readonly Named[]) {
    for (const object of objects) {
      const meaning = meaningOf(object);
      this.#nodes.set(meaning, new Set());
      if (object.kind !== "commit") continue;
      for (let length = SHORT_COMMIT; length < meaning.length; length++)
        this.#shortened.set(meaning.slice(0, length), meaning);
    }
  }

  take({ nodes, ends }: ListedNames): void {
    for (const names of nodes)
      for (const name of names)
        for (const meaning of meaningsOf(name))
          this.#nodes.get(this.#shortened.get(meaning) ?? meaning)?.add(names[0]);
    if (ends === undefined) return;
    this.listsEdges = true;
    for (const end of ends) this.#ends.add(end);
  }

  has(object: NamedObject): boolean {
    return (this.#nodes.get(meaningOf(object))?.size ?? 0) > 0;
  }

  isJoined(object: NamedObject): boolean {
    return [...(this.#nodes.get(meaningOf(object)) ?? [])].some((id) => this.#ends.has(id));
  }
}

/** How many objects of a kind are where they should be. */
interface Coverage {
  readonly what: string;
  readonly message: string;
  readonly found: readonly Named[];
  readonly missing: readonly Named[];
}

const IN_WORDS: Readonly<Record<ObjectKind, string>> = {
  file: "a file",
  commit: "a commit",
  plan: "a plan",
  step: "a plan step",
};

function nodesOf(kind: ObjectKind, objects: readonly Named[], index: NameIndex): Coverage {
  const own = objects.filter((object) => object.kind === kind);
  return {
    what: `${kind}s listed`,
    message: `${IN_WORDS[kind]} that the log names is in no snapshot`,
    found: own.filter((object) => index.has(object)),
    missing: own.filter((object) => !index.has(object)),
  };
}

function edgesOf(objects: readonly Named[], index: NameIndex): Coverage {
  const planned = objects.filter(({ kind }) => index.listsEdges && (kind === "plan" || kind === "step"));
  const listed = planned.filter((object) => index.has(object));
  return {
    what: "plans and steps with edges",
    message: "a plan or plan step that the log names has no edge in any snapshot",
    found: listed.filter((object) => index.isJoined(object)),
    missing: listed.filter((object) => !index.isJoined(object)),
  };
}

interface Bounds {
  /** The snapshots list more names than were compared, so no name is surely missing. */
  readonly isCut: boolean;
  /** The log names more than was compared. */
  readonly isMore: boolean;
}

function sayCoverage(
  coverage: readonly Coverage[],
  { isCut, isMore }: Bounds,
  { emit, leaveOpen, show }: Concluding<ClauseId>,
): void {
  const found = coverage.flatMap((part) => part.found);
  const missing = coverage.reduce((sum, part) => sum + part.missing.length, 0);
  const first = firstIn(found.map(({ observation }) => observation));
  if (first !== undefined) show(found.length, first.at);
  if (missing === 0) return;
  leaveOpen(CLAUSE, isCut ? CUT : `${found.length} of ${found.length + missing} were found in the snapshots`);
  if (isCut) return;
  for (const part of coverage) {
    const count = part.found.length + part.missing.length;
    const hint = `${part.what}: ${part.found.length} of ${count}${isMore ? `; the first ${MOST_NAMES} names only` : ""}`;
    for (const { observation, pointer } of part.missing)
      emit({ at: observation.at, message: part.message, hint, pointer, level: "NOTE" });
  }
}

const CUT = "the snapshots list more than was compared with the log";
