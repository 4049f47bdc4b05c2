import { chunksOf } from "../input/open/open.js";
import { parsedJson } from "../model/parsed-json.js";
import type { Parts } from "../model/part.js";
import { isJsonObject } from "../model/subject.js";
import { MAX_LINE_BYTES } from "./run-state.js";
import { stateSchema } from "./state-schema.js";
import { textLines } from "./text-lines.js";

/** The parts that a state covers, from its first lines; undefined for any other file: reading it says what is wrong. */
export async function peekParts(path: string): Promise<Parts | undefined> {
  const { line } = await stateSchema();
  try {
    let number = 0;
    for await (const text of textLines(chunksOf(path), MAX_LINE_BYTES)) {
      if (++number < 2) continue;
      const entry = parsedJson(text);
      const isParts = isJsonObject(entry) && line(entry) === undefined && Object.hasOwn(entry, "parts");
      return isParts ? (entry.parts as Parts) : undefined;
    }
  } catch {
    return undefined;
  }
  return undefined;
}
