import type { Storage } from "../../model/source.js";
import { BinStore } from "./bin-store.js";
import { ColumnStore } from "./column-store.js";
import { MapStore } from "./map-store.js";
import type { ObservationStore } from "./store.js";
import { UuidStore } from "./uuid-store.js";
import { ValueStore } from "./value-store.js";

/** Makes an empty store of the kind that a source asks for. */
export function storeFor(source: Storage): ObservationStore {
  if (source.store === "uuids") return new UuidStore();
  if (source.store === "bins") return new BinStore(source.keys ?? []);
  if (source.store === "values") return new ValueStore(source.keepsAtMost);
  return source.store === "columns" ? new ColumnStore(source.width) : new MapStore(source);
}
