import type { Storage } from "../../model/source.js";
import { BinCollector } from "./bin-collector.js";
import { type Collector, widthOf } from "./collector.js";
import { EntryCollector } from "./entry-collector.js";
import { RowCollector } from "./row-collector.js";

/** @param rule the id of the first of the rules that name the source */
export function collectorFor(rule: string, source: Storage): Collector {
  if (source.store === "bins") return new BinCollector(rule, source.keys ?? []);
  return source.store === "map" ? new EntryCollector(rule, source) : new RowCollector(rule, widthOf(source));
}
