import { chunksOf } from "../input/open/open.js";
import { parsedJson } from "../model/parsed-json.js";
import type { Parts } from "../model/part.js";
import { isJsonObject } from "../model/subject.js";
import { type JudgedPartition, MAX_LINE_BYTES } from "./run-state.js";
import { stateSchema } from "./state-schema.js";
import { textLines } from "./text-lines.js";

/** What the first lines of a state say. */
export interface Peeked {
  /** The parts that it covers. */
  readonly parts: Parts;
  /** The partition that was judged; undefined for other states. */
  readonly judged?: JudgedPartition;
}

/** The first lines of a state; undefined for any other file: reading it says what is wrong. */
export async function peekState(path: string): Promise<Peeked | undefined> {
  const { line } = await stateSchema();
  try {
    let number = 0;
    let parts: Parts | undefined;
    for await (const text of textLines(chunksOf(path), MAX_LINE_BYTES)) {
      if (++number < 2) continue;
      const entry = parsedJson(text);
      if (!isJsonObject(entry) || line(entry) !== undefined) return undefined;
      if (parts !== undefined)
        return { parts, ...(Object.hasOwn(entry, "judged") && { judged: entry.judged as JudgedPartition }) };
      if (!Object.hasOwn(entry, "parts")) return undefined;
      parts = entry.parts as Parts;
    }
  } catch {
    return undefined;
  }
  return undefined;
}
