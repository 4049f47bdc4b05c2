import { stat } from "node:fs/promises";
import type { PositionedDocument } from "../documents/document.js";
import { isDocumentName, isJsonName } from "../documents/document-name.js";
import { MAX_CHARACTERS } from "../documents/places.js";
import { type InputDigest, openInput } from "../input/open/open.js";
import { digestsOf } from "../input/scan/digests.js";
import type { InputChange } from "../model/input-change.js";
import { ANY_SIGN } from "../model/signs.js";
import { isJsonObject, type ParsedRecord } from "../model/subject.js";

/** A document as one record, with the digest of its file. */
export interface OpenedDocument {
  readonly record: ParsedRecord;
  readonly digest: InputDigest;
  /** How the file changed while it was read; undefined if it stayed the same. */
  readonly change: InputChange | undefined;
}

/** The most bytes that the characters of a document can take. */
const MAX_BYTES = 4 * MAX_CHARACTERS;

/**
 * Reads a file if it is a document: YAML and Markdown by their names, a JSON object by its modules or attestations.
 * The file may be compressed.
 *
 * @param isForced reads the file as a document whatever its name and content
 * @throws errors of the file system and of decompression
 */
export async function openDocument(path: string, isForced: boolean): Promise<OpenedDocument | undefined> {
  const isWritten = isDocumentName(path);
  if (!isForced && !isWritten && !isJsonName(path)) return undefined;
  if (!isForced && !isWritten && (await stat(path)).size > MAX_BYTES) return undefined;
  const { text, digest, change } = await readText(path);
  if (!isForced && !isWritten && !/"(?:modules|attestations)"\s*:/.test(text)) return undefined;
  const record = await documentFrom(text, path);
  if (!isForced && !isWritten && record.document?.isReadable !== true) return undefined;
  return { record, digest, change };
}

/** Makes one record from a document's text. */
export async function documentFrom(text: string, path: string): Promise<ParsedRecord> {
  // Only runs with documents load the readers.
  const [{ readDocument }, { readMarkdown }] = await Promise.all([
    import("../documents/document.js"),
    import("../mapping/page/markdown.js"),
  ]);
  return recordOf(readDocument(text, path, readMarkdown));
}

/** The text of a file. Once it is too long for a document, further chunks are not kept. */
async function readText(path: string): Promise<Omit<OpenedDocument, "record"> & { text: string }> {
  const input = openInput(path);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of input.chunks) {
    if (length <= MAX_BYTES) parts.push(chunk);
    length += chunk.length;
  }
  const change = await input.change();
  return { text: Buffer.concat(parts).toString("utf8"), digest: input.digest(), change };
}

function recordOf({ text, value, placeOf, problems }: PositionedDocument): ParsedRecord {
  const isReadable = isJsonObject(value);
  const object = isReadable ? value : {};
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const offsetOf = (line: number, column: number): number => (lineStarts[line - 1] ?? 0) + column - 1;
  return {
    text,
    line: 0,
    column: 1,
    value: object,
    signs: ANY_SIGN,
    digests: digestsOf(object),
    likeness: 0,
    document: {
      spanOf: (pointer) => placeOf(pointer).span,
      problems: problems.map(({ line, column, ...problem }) => ({
        offset: offsetOf(line, column),
        ...problem,
      })),
      isReadable,
    },
  };
}
