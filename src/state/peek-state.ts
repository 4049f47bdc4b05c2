import { chunksOf } from "../input/open/open.js";
import { parsedJson } from "../model/parsed-json.js";
import type { Parts } from "../model/part.js";
import { isJsonObject } from "../model/subject.js";
import type { NamedParts } from "./parts.js";
import { type JudgedPartition, MAX_LINE_BYTES } from "./run-state.js";
import { stateSchema } from "./state-schema.js";
import { textLines } from "./text-lines.js";

const FIRST_BYTES = Buffer.from('{"header":{"version":');

/** True if a file that begins so is a state. */
export function beginsState(bytes: Uint8Array): boolean {
  return FIRST_BYTES.equals(bytes.subarray(0, FIRST_BYTES.length));
}

/** What the first lines of a state say. */
interface Peeked {
  /** The parts that it covers. */
  readonly parts: Parts;
  /** The partition that was judged; undefined for other states. */
  readonly judged?: JudgedPartition;
}

/**
 * The first lines of several states, in their order; undefined if one of them is any other file: reading it says what
 * is wrong.
 *
 * @param fileOf the file whose lines are read, by the name of the state. Default: the name
 */
export async function peekStates(
  names: readonly string[],
  fileOf = (name: string): string => name,
): Promise<(NamedParts & Peeked)[] | undefined> {
  const all: (NamedParts & Peeked)[] = [];
  for (const name of names) {
    const found = await peekState(fileOf(name));
    if (found === undefined) return undefined;
    all.push({ name, isState: true, ...found });
  }
  return all;
}

async function peekState(path: string): Promise<Peeked | undefined> {
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
