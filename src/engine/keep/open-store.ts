import type { LogRule } from "../../model/rule.js";
import { ColumnStore } from "./column-store.js";
import { MapStore } from "./map-store.js";
import type { ObservationStore } from "./store.js";
import { PackedStore } from "./uuid-store.js";

/** Makes an empty store of the kind that a rule asks for. */
export function storeFor(
  rule: Pick<LogRule, "store" | "width" | "combine" | "keeps" | "keepsAtMost">,
): ObservationStore {
  if (rule.store === "packed") return new PackedStore();
  return rule.store === "columns" ? new ColumnStore(rule.width) : new MapStore(rule);
}
