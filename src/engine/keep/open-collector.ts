import type { Storage } from "../../model/source.js";
import { BinCollector } from "./bin-collector.js";
import { type Collector, widthOf } from "./collector.js";
import { EntryCollector } from "./entry-collector.js";
import type { FullKeys } from "./full-keys.js";
import { RowCollector } from "./row-collector.js";
import { ValueCollector } from "./value-collector.js";

/**
 * @param rule the id of the first of the rules that name the source
 * @param fullKeys those of the blocks before, if any
 */
export function collectorFor(rule: string, source: Storage, fullKeys?: FullKeys): Collector {
  if (source.store === "bins") return new BinCollector(rule, source.keys ?? []);
  if (source.store === "map") return new EntryCollector(rule, source);
  if (source.store === "values") return new ValueCollector(rule, fullKeys);
  return new RowCollector(rule, widthOf(source));
}
