import { TextDecoder } from "node:util";
import { StateError } from "./state-error.js";

const NEWLINE = 0x0a;

/**
 * The lines of a UTF-8 text without their line ends.
 *
 * @param limit bytes of a line, and of memory
 * @throws StateError if a line is longer, is not UTF-8, or is the last one and has no end
 */
export async function* textLines(chunks: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let held: Uint8Array[] = [];
  let length = 0;
  const hold = (part: Uint8Array): void => {
    held.push(part);
    length += part.length;
    if (length > limit) throw new StateError(`the next line is longer than ${limit} bytes`);
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      hold(chunk.subarray(from, end));
      from = end + 1;
      yield decoded(decoder, held);
      [held, length] = [[], 0];
    }
    hold(chunk.subarray(from));
  }
  if (length > 0) throw new StateError("the file is cut off after this line");
}

function decoded(decoder: TextDecoder, parts: readonly Uint8Array[]): string {
  const [first = new Uint8Array(0)] = parts;
  try {
    return decoder.decode(parts.length === 1 ? first : Buffer.concat(parts));
  } catch {
    throw new StateError("the next line is no UTF-8");
  }
}
