import { isJsonObject, type JsonObject } from "../../../model/subject.js";
import { foldedId } from "../../../protocol/fields/formats.js";
import { MAX_NAME } from "./named-objects.js";
import { edgeEnds, nodeId } from "./snapshot-items.js";

/** The names that a snapshot lists: the id and other names of each node, and the nodes that its edges join. */
export interface ListedNames {
  /** Its captured_at: the same list with a later time is another snapshot. */
  readonly at?: string;
  readonly nodes: readonly (readonly [id: string, ...names: string[]])[];
  /** Undefined where edges are not listed. */
  readonly ends?: readonly string[];
  /** It lists more than is kept. */
  readonly isCut?: true;
}

/** The most characters of names that are kept of one snapshot. */
const MAX_TEXT = 1 << 20;

/** Members of a node that say what it stands for. */
const NAMING = /(?:id|path|file|sha|hash|commit|plan|step|name|uri|key|ref)$/i;

/** The names in a snapshot that lists its nodes; undefined for one that does not. */
export function namesListedIn({ nodes, edges, captured_at: captured }: JsonObject): ListedNames | undefined {
  if (typeof nodes !== "object" || nodes === null) return undefined;
  const at = typeof captured === "string" ? { at: captured.slice(0, MAX_NAME) } : {};
  const isList = Array.isArray(nodes);
  const listed: [string, ...string[]][] = [];
  let length = 0;
  for (const [member, node] of Object.entries(nodes)) {
    const id = isList ? (nodeId(node) ?? "") : member;
    const entry: [string, ...string[]] = [id, ...namesOf(node)];
    length += entry.join("").length;
    if (length > MAX_TEXT) return { ...at, nodes: listed, isCut: true };
    listed.push(entry);
  }
  const ends = edgeEnds(edges);
  return ends === undefined ? { ...at, nodes: listed } : { ...at, nodes: listed, ends: [...new Set(ends)] };
}

/** The names of a node: its own members, and those of an object in it such as its properties. */
function namesOf(node: unknown): string[] {
  if (!isJsonObject(node)) return [];
  const inner = Object.values(node).filter(isJsonObject);
  return [node, ...inner].flatMap((part) =>
    Object.entries(part).flatMap(([name, value]) =>
      typeof value === "string" && value.length <= MAX_NAME && NAMING.test(name) ? [value] : [],
    ),
  );
}

/** The most ends of one name that are compared. */
const MAX_ENDS = 24;

/** How a name may be meant: as a whole, by each of its ends after a separator, by its words. */
export function* meaningsOf(name: string): Generator<string> {
  const path = name.replaceAll("\\", "/").slice(-MAX_NAME);
  yield foldedId(path);
  let ends = 0;
  for (let at = path.length - 1; at >= 0 && ends < MAX_ENDS; at--) {
    if (!"/:#|= ".includes(path.charAt(at))) continue;
    ends++;
    yield foldedId(path.slice(at + 1));
  }
  for (const word of path.split(/[^\w-]+/)) yield foldedId(word);
}
