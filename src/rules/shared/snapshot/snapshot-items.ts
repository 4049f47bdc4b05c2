import { type Digests, isJsonObject, type JsonObject } from "../../../model/subject.js";
import { foldedId } from "../../../protocol/fields/formats.js";

/** Its id, a digest of its content, and the name of the member or the index under which it stands. */
export type Item = readonly [id: string, digest: number, member: string];

export type IdOf = (item: unknown) => string | undefined;

/** The items of a list; undefined where one of them has nothing that it could be known by. */
export function itemsIn(list: unknown, idOf: IdOf, digests: Digests): Item[] | undefined {
  if (isJsonObject(list))
    return Object.entries(list).map(([id, item]) => [foldedId(id), digests.of(item), id]);
  if (!Array.isArray(list)) return undefined;
  const seen = new Map<string, number>();
  const items: Item[] = [];
  for (const [index, item] of list.entries()) {
    const id = idOf(item);
    if (id === undefined) return undefined;
    // Several edges may join the same two nodes: the first of them is the first in both snapshots.
    const times = seen.get(id) ?? 0;
    seen.set(id, times + 1);
    items.push([times === 0 ? id : `${id}\n${times}`, digests.of(item), String(index)]);
  }
  return items;
}

/** What a node of a list is known by. */
export function nodeId(item: unknown): string | undefined {
  return isJsonObject(item) ? idText(item.node_id ?? item.id) : idText(item);
}

/** The id that an edge has of its own. */
export function ownEdgeId(edge: JsonObject): string | undefined {
  return idText(edge.edge_id ?? edge.id);
}

/** The edge's own id, or what it joins. */
export function edgeId(item: unknown): string | undefined {
  if (!isJsonObject(item)) return idText(item);
  const own = ownEdgeId(item);
  if (own !== undefined) return own;
  const [from, to] = ENDS.map((names) =>
    idText(names.map((name) => item[name]).find((end) => end !== undefined)),
  );
  if (from === undefined || to === undefined) return undefined;
  return JSON.stringify([from, to, idText(item.type ?? item.kind ?? item.label) ?? ""]);
}

export const ENDS = [
  ["from", "source", "from_id", "source_id"],
  ["to", "target", "to_id", "target_id"],
] as const;

/** All that the edges of a snapshot join; undefined where it lists none. */
export function edgeEnds(edges: unknown): readonly string[] | undefined {
  if (typeof edges !== "object" || edges === null) return undefined;
  return Object.values(edges)
    .filter(isJsonObject)
    .flatMap((edge) => ENDS.flat().flatMap((name) => idText(edge[name]) ?? []));
}

/** An id as text, in the form used for comparison; undefined for what is no id. */
export function idText(id: unknown): string | undefined {
  return typeof id === "string" || typeof id === "number" ? foldedId(String(id)) : undefined;
}
