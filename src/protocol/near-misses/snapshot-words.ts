import { renamesIn, vocabularyOf } from "../../model/spelling.js";
import { isJsonObject, type JsonObject } from "../../model/subject.js";
import { isSnapshot } from "../fields/snapshot-fields.js";

/** Why a record that means to be a snapshot cannot be read as one. */
export type SnapshotMiss = "respelled" | "held";

const WORDS = vocabularyOf(["snapshot_id", "graph_id", "captured_at", "node_count", "edge_count"]);

/** So many of these members in other spellings are no chance. */
const ENOUGH = 3;

/** Tells what is wrong with a record that spells a snapshot otherwise, or holds some; undefined for any other. */
export function snapshotMissOf(value: JsonObject): SnapshotMiss | undefined {
  if (isSnapshot(value)) return undefined;
  if (renamesIn(value, WORDS).length >= ENOUGH) return "respelled";
  return Object.values(value).some(holdsSnapshot) ? "held" : undefined;
}

function holdsSnapshot(member: unknown): boolean {
  const parts: readonly unknown[] = Array.isArray(member) ? member : [member];
  return parts.some((part) => isJsonObject(part) && isSnapshot(part));
}
