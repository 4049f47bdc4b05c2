import { HEAD_BYTES } from "../open/head.js";
import { joined } from "../open/joined.js";
import type { Foreign } from "./foreign-kinds.js";
import { foreignStream, type RecordJudge } from "./look.js";

/**
 * Passes on the chunks of a stream. If the stream cannot begin a log, it yields nothing and stops reading.
 * Files need no such check, because the search has looked at them.
 *
 * @param refuse called with the kind of the stream
 */
export async function* unlessForeign(
  chunks: AsyncIterable<Uint8Array>,
  judge: RecordJudge,
  refuse: (foreign: Foreign) => void,
): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] | undefined = [];
  for await (const chunk of chunks) {
    held?.push(chunk);
    if (held === undefined) yield chunk;
    else if (lengthOf(held) >= HEAD_BYTES) {
      if (await isRefused(held, judge, refuse)) return;
      yield* held;
      held = undefined;
    }
  }
  if (held !== undefined && !(await isRefused(held, judge, refuse))) yield* held;
}

async function isRefused(
  held: readonly Uint8Array[],
  judge: RecordJudge,
  refuse: (foreign: Foreign) => void,
): Promise<boolean> {
  const foreign = await foreignStream(joined(held), judge);
  if (foreign !== undefined) refuse(foreign);
  return foreign !== undefined;
}

function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}
