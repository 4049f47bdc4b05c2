import type { KeyTable } from "../../src/engine/memory/key-table.js";
import { encodedRest } from "../../src/engine/memory/key-words.js";
import { leadingUuids, UUID_LENGTH } from "../../src/engine/memory/uuid-words.js";

const words = new Uint32Array(12);

/** The place that a table gives to a key. */
export function placeIn(table: KeyTable, key: string): number {
  const uuids = leadingUuids(key, words, 0);
  return table.place(encodedRest(uuids, key.slice(uuids * UUID_LENGTH)), words, 0);
}
