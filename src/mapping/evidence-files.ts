import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open, realpath } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { STDIN } from "../input/open/open.js";
import { type EvidenceProblem, evidenceReference, type FoundEvidence } from "../model/evidence.js";
import { isPlaceholder } from "../model/placeholder.js";

/** Larger files are not opened: nobody reads such evidence, and it would hold up a run. 1 GiB. */
const MAX_BYTES = 1 << 30;
/** Largest number of files per document: there are far fewer clauses to attest. */
const MAX_FILES = 50;
/** A file this small, in bytes, may be a mere placeholder. */
const FEW_BYTES = 200;
/** What a file that is not blank holds. */
const INK = /[^\s\0]/;

/**
 * Looks up the files that a document's attestations cite. Paths are relative to the document's folder, or to the
 * working folder for standard input. Files outside that folder are never opened.
 *
 * @param document the document's path, or "-"
 * @param texts the pointers to evidence, as written
 * @returns the result for each text that is the path of a file
 */
export async function lookUpEvidence(
  document: string,
  texts: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, FoundEvidence>> {
  const found = new Map<string, FoundEvidence>();
  const folder = document === STDIN ? "." : dirname(document);
  const files = new Map<string, FoundEvidence>();
  for (const text of texts) {
    const reference = evidenceReference(text);
    if (found.has(text) || !("path" in reference)) continue;
    const { path } = reference;
    const known = files.get(path);
    if (known === undefined && files.size >= MAX_FILES) continue;
    const evidence = known ?? (await lookUp(path, folder, document, signal));
    files.set(path, evidence);
    found.set(text, evidence);
  }
  return found;
}

async function lookUp(
  path: string,
  folder: string,
  document: string,
  signal?: AbortSignal,
): Promise<FoundEvidence> {
  if (leadsOut(resolve(folder), resolve(folder, path))) return { problem: "outside" };
  try {
    const file = await realpath(resolve(folder, path));
    if (path === "" || file === (await realpath(document).catch(() => undefined)))
      return { problem: "itself" };
    if (leadsOut(await realpath(folder), file)) return { problem: "outside" };
    return await read(file, signal);
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

function leadsOut(folder: string, file: string): boolean {
  const inside = relative(folder, file);
  return isAbsolute(inside) || inside === ".." || inside.startsWith(`..${sep}`);
}

const MISSING: ReadonlySet<unknown> = new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"]);

function problemOf(error: unknown): EvidenceProblem {
  return MISSING.has((error as NodeJS.ErrnoException | undefined)?.code) ? "missing" : "unreadable";
}

/** Reads a file, without waiting for the writer of a pipe and without following a link. */
async function read(file: string, signal?: AbortSignal): Promise<FoundEvidence> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  try {
    const entry = await handle.stat();
    if (entry.isDirectory()) return { problem: "folder" };
    if (!entry.isFile()) return { problem: "irregular" };
    return entry.size > MAX_BYTES ? { problem: "too-large" } : await digested(handle, signal);
  } finally {
    await handle.close();
  }
}

async function digested(handle: FileHandle, signal?: AbortSignal): Promise<FoundEvidence> {
  const hash = createHash("sha256");
  const decoder = new TextDecoder();
  const head: Uint8Array[] = [];
  let bytes = 0;
  let isBlank = true;
  // The file may grow during the reading.
  const stream = handle.createReadStream({ autoClose: false, end: MAX_BYTES, ...(signal && { signal }) });
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    hash.update(chunk);
    if (bytes <= FEW_BYTES) head.push(chunk);
    bytes += chunk.length;
    isBlank &&= !INK.test(decoder.decode(chunk, { stream: true }));
  }
  if (bytes > MAX_BYTES) return { problem: "too-large" };
  const isPlaceheld = bytes <= FEW_BYTES && isPlaceholder(Buffer.concat(head).toString("utf8"));
  return isBlank || isPlaceheld ? { problem: "empty" } : { sha256: hash.digest("hex") };
}
