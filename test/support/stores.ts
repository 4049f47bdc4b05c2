import { collectorFor } from "../../src/engine/keep/open-collector.js";
import { storeFor } from "../../src/engine/keep/open-store.js";
import type { ObservationStore } from "../../src/engine/keep/store.js";
import { byBoundedKey } from "../../src/engine/memory/bounded-key.js";
import type { Instant, Position } from "../../src/model/rule.js";
import type { Storage } from "../../src/model/source.js";

/** A store that takes observations one by one, each as a block of its own. */
export interface OpenStore extends ObservationStore {
  add(key: string, value: unknown, at: Position, instant?: Instant, attachment?: unknown): void;
}

export function openStore(source: Storage): OpenStore {
  const store = storeFor(source);
  const add: OpenStore["add"] = (key, value, { input, line }, instant, attachment) => {
    const collector = collectorFor("any", source);
    const more = { ...(instant && { instant }), ...(attachment !== undefined && { attachment }) };
    collector.add(byBoundedKey({ key, value, ...more }), line);
    const batch = collector.batch();
    if (batch !== undefined) store.take(batch, input, 0);
  };
  return Object.assign(store, { add });
}
