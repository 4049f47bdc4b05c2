import { renamesIn, vocabularyOf } from "../../model/spelling.js";
import type { JsonObject } from "../../model/subject.js";
import { isSnapshot } from "../fields/snapshot-fields.js";
import { holds } from "./held.js";

/** Why a record that means to be a snapshot cannot be read as one. */
export type SnapshotMiss = "respelled" | "held";

const WORDS = vocabularyOf(["snapshot_id", "graph_id", "captured_at", "node_count", "edge_count"]);

/** This number of members in other spellings cannot be a coincidence. */
const ENOUGH = 3;

/**
 * Says what is wrong with a record that uses other names for the members of a snapshot, or holds several snapshots;
 * undefined for other records.
 */
export function snapshotMissOf(value: JsonObject): SnapshotMiss | undefined {
  if (isSnapshot(value)) return undefined;
  if (renamesIn(value, WORDS).length >= ENOUGH) return "respelled";
  return holds(value, isSnapshot) ? "held" : undefined;
}
