import { HEAD_BYTES } from "../open/head.js";
import { joined } from "../open/joined.js";
import type { Foreign } from "./foreign-kinds.js";
import { foreignStream, type RecordJudge } from "./look.js";

export interface Refusing {
  readonly judge: RecordJudge;
  /** True if what may begin a log is passed on as it comes; default: once there is a whole head. */
  readonly isFollowed: boolean;
  /** Called with the kind of the stream. */
  readonly refuse: (foreign: Foreign) => void;
}

/**
 * Passes on the chunks of a stream. If the stream cannot begin a log, it yields nothing and stops reading.
 * Files need no such check, because the search has looked at them, unless they are followed: they may come later.
 */
export async function* unlessForeign(
  chunks: AsyncIterable<Uint8Array>,
  { judge, isFollowed, refuse }: Refusing,
): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] | undefined = [];
  for await (const chunk of chunks) {
    held?.push(chunk);
    if (held === undefined) yield chunk;
    else if (isFollowed && (await maySurelyPass(held, judge))) {
      yield* held;
      held = undefined;
    } else if (lengthOf(held) >= HEAD_BYTES) {
      if (await isRefused(held, judge, refuse)) return;
      yield* held;
      held = undefined;
    }
  }
  if (held !== undefined && !(await isRefused(held, judge, refuse))) yield* held;
}

/** True if there is something, and it may begin a log. White space may begin anything. */
async function maySurelyPass(held: readonly Uint8Array[], judge: RecordJudge): Promise<boolean> {
  const head = joined(held);
  return /\S/.test(Buffer.from(head).toString("latin1")) && (await foreignStream(head, judge)) === undefined;
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
