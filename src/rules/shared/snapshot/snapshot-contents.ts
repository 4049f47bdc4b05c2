import { escapeSegment } from "../../../model/pointer.js";
import type { Instant } from "../../../model/rule.js";
import { type Digests, isJsonObject, type JsonObject, type ParsedRecord } from "../../../model/subject.js";
import { foldedId } from "../../../protocol/fields/formats.js";
import { instantOf } from "../../../protocol/fields/instant.js";
import { type SnapshotMiss, snapshotMissOf } from "../../../protocol/near-misses/snapshot-words.js";
import { ENDS, edgeId, type IdOf, type Item, idText, itemsIn, nodeId, ownEdgeId } from "./snapshot-items.js";

/** What a snapshot says of one kind: node_count and nodes, edge_count and edges. */
const KINDS = ["node", "edge"] as const;
type Kind = (typeof KINDS)[number];

/** The nodes and edges that a snapshot lists. */
export interface Listed {
  readonly nodes?: readonly Item[];
  readonly edges?: readonly Item[];
  /** A digest of both; none without nodes: such snapshots are not known to be equal. */
  readonly content?: number;
}

/** What a snapshot holds, as far as it can be compared. */
export interface SnapshotContents {
  readonly graph: string;
  readonly instant: Instant;
  readonly nodes: number;
  readonly edges: number;
  readonly listed: Listed;
}

/** Why a snapshot cannot be compared with the log: something is missing, or it contradicts itself. */
export interface SnapshotProblem {
  readonly message: string;
  readonly pointer: string;
}

const MAX_COUNT = 2 ** 31;

type SnapshotRecord = Pick<ParsedRecord, "value" | "digests" | "oddities">;

/** The contents of a snapshot, or why they cannot be relied on. */
export function contentsOf({
  value: snapshot,
  digests,
  oddities = [],
}: SnapshotRecord): SnapshotContents | SnapshotProblem {
  const miss = snapshotMissOf(snapshot);
  if (miss !== undefined) return { message: MISSES[miss], pointer: "" };
  const repeated = oddities.find(({ kind }) => kind === "duplicate-key");
  if (repeated !== undefined) return { message: "a key comes twice in it", pointer: repeated.pointer };
  const { graph_id: graph, captured_at: captured } = snapshot;
  if (typeof graph !== "string") return { message: "graph_id is not text", pointer: "/graph_id" };
  const instant = instantOf(captured);
  if (instant === undefined)
    return { message: "captured_at is not an RFC 3339 date-time", pointer: "/captured_at" };
  const counts = { node: 0, edge: 0 };
  for (const kind of KINDS) {
    const count = countIn(snapshot, kind);
    if (typeof count !== "number") return count;
    counts[kind] = count;
  }
  const contradiction = contradictionIn(snapshot);
  if (contradiction !== undefined) return contradiction;
  return { graph, instant, nodes: counts.node, edges: counts.edge, listed: listedIn(snapshot, digests) };
}

const MISSES: Readonly<Record<SnapshotMiss, string>> = {
  respelled:
    "its members have other names than snapshot_id, graph_id, captured_at, node_count and edge_count",
  held: "it stands inside another object; make each snapshot a record of its own",
};

/** The contradiction or repetition in the lists of a snapshot; undefined if the lists agree. */
function contradictionIn({ nodes, edges }: JsonObject): SnapshotProblem | undefined {
  return (
    repeatedIn("nodes", nodes, nodeId) ??
    repeatedIn("edges", edges, (edge) => (isJsonObject(edge) ? ownEdgeId(edge) : undefined)) ??
    looseEndIn(nodes, edges)
  );
}

/** The first item of a list whose id an earlier one has. */
function repeatedIn(list: "nodes" | "edges", items: unknown, idOf: IdOf): SnapshotProblem | undefined {
  if (typeof items !== "object" || items === null) return undefined;
  const seen = new Set<string>();
  for (const [member, item] of Object.entries(items)) {
    const id = Array.isArray(items) ? idOf(item) : idText(member);
    if (id === undefined) continue;
    if (seen.has(id))
      return { message: `${list} has one id twice`, pointer: `/${list}/${escapeSegment(member)}` };
    seen.add(id);
  }
  return undefined;
}

/** The first edge that joins a node which the snapshot does not list, where it lists all of its nodes by their ids. */
function looseEndIn(nodes: unknown, edges: unknown): SnapshotProblem | undefined {
  const known = nodeNames(nodes);
  if (known === undefined || typeof edges !== "object" || edges === null) return undefined;
  for (const [member, edge] of Object.entries(edges)) {
    if (!isJsonObject(edge)) continue;
    for (const name of ENDS.flat()) {
      const end = idText(edge[name]);
      if (end === undefined || known.has(end)) continue;
      const pointer = `/edges/${escapeSegment(member)}/${name}`;
      return { message: "an edge joins a node that is not among the nodes", pointer };
    }
  }
  return undefined;
}

/** All ids of the nodes of a list; undefined where one of them has none. */
function nodeNames(nodes: unknown): ReadonlySet<string> | undefined {
  if (typeof nodes !== "object" || nodes === null) return undefined;
  const names = new Set<string>();
  for (const [member, node] of Object.entries(nodes)) {
    const own = nodeId(node);
    if (own !== undefined) names.add(own);
    if (!Array.isArray(nodes)) names.add(foldedId(member));
    else if (own === undefined) return undefined;
  }
  return names;
}

function listedIn(snapshot: JsonObject, digests: Digests): Listed {
  const nodes = itemsIn(snapshot.nodes, nodeId, digests);
  const edges = itemsIn(snapshot.edges, edgeId, digests);
  return {
    ...(nodes !== undefined && { nodes, content: digests.of([byId(nodes), byId(edges ?? [])]) }),
    ...(edges !== undefined && { edges }),
  };
}

function byId(items: readonly Item[]): JsonObject {
  return Object.fromEntries(items.map(([id, digest]) => [id, digest]));
}

function countIn(snapshot: JsonObject, kind: Kind): number | SnapshotProblem {
  const [list, count] = [snapshot[`${kind}s`], snapshot[`${kind}_count`]];
  const length = list === undefined ? undefined : lengthOf(list);
  if (list !== undefined && length === undefined)
    return { message: `${kind}s is neither a list nor an object`, pointer: `/${kind}s` };
  if (count === undefined)
    return length ?? { message: `it has neither ${kind}_count nor ${kind}s`, pointer: "" };
  if (typeof count !== "number" || !Number.isInteger(count) || count < 0 || count > MAX_COUNT)
    return {
      message: `${kind}_count is not a whole number from 0 to ${MAX_COUNT}`,
      pointer: `/${kind}_count`,
    };
  if (length !== undefined && length !== count)
    return { message: `${kind}_count is not the number of ${kind}s listed`, pointer: `/${kind}_count` };
  return count;
}

function lengthOf(list: unknown): number | undefined {
  if (Array.isArray(list)) return list.length;
  return isJsonObject(list) ? Object.keys(list).length : undefined;
}
