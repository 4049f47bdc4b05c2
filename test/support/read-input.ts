import { type InputDigest, openInput } from "../../src/input/open/open.js";

/** What can be read of a file, what its digest is afterwards, and what went wrong. */
export async function readAll(path: string): Promise<{ text: string; digest: InputDigest; error: unknown }> {
  const input = openInput(path);
  const parts: Uint8Array[] = [];
  let error: unknown;
  try {
    for await (const chunk of input.chunks) parts.push(Uint8Array.from(chunk));
  } catch (thrown) {
    error = thrown;
  }
  return { text: Buffer.concat(parts).toString(), digest: input.digest(), error };
}
