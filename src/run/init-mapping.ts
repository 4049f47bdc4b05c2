import { unlessForeign } from "../input/find/refused-streams.js";
import { DEFAULT_RECORD_LIMIT } from "../input/frame/blocks.js";
import { recordBlocks } from "../input/frame/record-blocks.js";
import { openInput } from "../input/open/open.js";
import { recordsOf } from "../input/record/records.js";
import { areaName } from "../mapping/matrix.js";
import { standingOf } from "../mapping/names.js";
import { mappingSkeleton, type SeenModule } from "../mapping/skeleton.js";
import { NO_TERMS } from "../model/likeness.js";
import { printable } from "../model/printable.js";
import { stringsIn } from "../model/strings-in.js";
import type { JsonObject } from "../model/subject.js";
import { withoutSecrets } from "../privacy/mask.js";
import { isEventFamily } from "../protocol/fields/families.js";
import { recognise } from "../recognise/recognise.js";
import { unwrappingFor } from "./blocks/block-reader.js";
import { JUDGE } from "./inputs.js";

/**
 * A commented mapping document to fill in. It comes from the reference matrix alone, or with the modules, event
 * families and areas of a log.
 *
 * @param log an event log, or "-" for standard input
 * @throws errors of the file system; NoEvents if the log holds no event
 */
export async function initMapping(log?: string): Promise<string> {
  return mappingSkeleton(log === undefined ? undefined : await modulesIn(log));
}

/** A log may name any number of modules; nobody fills in a mapping with more than this. */
const MAX_MODULES = 200;
const MAX_NAMES = 50;
const MAX_LENGTH = 80;

interface Seen extends SeenModule {
  updates: number;
  readonly families: Set<string>;
  readonly areas: Set<string>;
}

async function modulesIn(log: string): Promise<ReadonlyMap<string, SeenModule>> {
  const modules = new Map<string, Seen>();
  let events = 0;
  const unwrapping = unwrappingFor("auto");
  // What is no log may have no end.
  const chunks = unlessForeign(openInput(log).chunks, { judge: JUDGE, isFollowed: false, refuse: () => {} });
  for await (const block of recordBlocks(chunks, DEFAULT_RECORD_LIMIT, unwrapping.parts)) {
    for (const record of recordsOf(block, NO_TERMS, unwrapping)) {
      if (!("value" in record) || recognise(record.value).kind === "unrecognised") continue;
      events++;
      note(record.value, modules);
    }
  }
  if (events === 0) throw new NoEvents(log);
  return modules;
}

/** Thrown if the file to fill a mapping from is no event log. */
export class NoEvents extends Error {
  constructor(log: string) {
    super(`${log} holds no MPLP event`);
  }
}

function note(event: JsonObject, modules: Map<string, Seen>): void {
  const { source_module: source, event_family: family, payload } = event;
  if (typeof source !== "string" || source.trim() === "" || source.length > MAX_LENGTH) return;
  const { name } = standingOf(printable(withoutSecrets(source)));
  const seen = modules.get(name) ?? { updates: 0, families: new Set<string>(), areas: new Set<string>() };
  if (!modules.has(name) && modules.size >= MAX_MODULES) return;
  modules.set(name, seen);
  if (isEventFamily(family)) seen.families.add(family);
  if (family !== "graph_update") return;
  seen.updates++;
  for (const { text } of stringsIn(payload)) {
    const area = /^psg\.[a-z]\w{0,60}/i.exec(text)?.[0];
    if (area !== undefined && seen.areas.size < MAX_NAMES) seen.areas.add(areaName(area));
  }
}
