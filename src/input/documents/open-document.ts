import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { isJsonObject, type ParsedRecord } from "../../model/subject.js";
import type { InputDigest } from "../open.js";
import { MAX_CHARACTERS, type PositionedDocument, readDocument } from "./document.js";
import type { ModuleOf } from "./markdown-modules.js";

/** A document as one record, with the digest of its file. */
export interface OpenedDocument {
  readonly record: ParsedRecord;
  readonly digest: InputDigest;
}

/** The most bytes that the characters of a document can take. */
const MAX_BYTES = 4 * MAX_CHARACTERS;

const WRITTEN = /\.(?:ya?ml|md|mdx|markdown)$/i;

/** Whether a file's name is that of a text document rather than that of a log. */
export function isDocumentName(path: string): boolean {
  return WRITTEN.test(path);
}

/**
 * Reads a file as a document where its content is one: YAML and Markdown by name, a JSON object that has
 * modules by what it holds.
 *
 * @param isForced reads it as a document whatever it looks like
 * @throws errors of the file system
 */
export async function openDocument(
  path: string,
  moduleOf: ModuleOf,
  isForced: boolean,
): Promise<OpenedDocument | undefined> {
  const isWritten = isDocumentName(path);
  if (!isForced && !isWritten && !/\.json$/i.test(path)) return undefined;
  const { size } = await stat(path);
  if (size > MAX_BYTES && !isForced) return undefined;
  const bytes = await readFile(path);
  const text = bytes.toString("utf8");
  if (!isForced && !isWritten && !/"modules"\s*:/.test(text)) return undefined;
  const document = readDocument(text, moduleOf, path);
  if (!isForced && !isWritten && !isJsonObject(document.value)) return undefined;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { record: recordOf(document), digest: { sha256, bytes: bytes.length } };
}

function recordOf({ text, value, placeOf, problems }: PositionedDocument): ParsedRecord {
  const isReadable = isJsonObject(value);
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const offsetOf = (line: number, column: number): number => (lineStarts[line - 1] ?? 0) + column - 1;
  return {
    text,
    line: 0,
    column: 1,
    value: isReadable ? value : {},
    document: {
      spanOf: (pointer) => placeOf(pointer).span,
      problems: problems.map(({ line, column, message, hint }) => ({
        offset: offsetOf(line, column),
        message,
        ...(hint !== undefined && { hint }),
      })),
      isReadable,
    },
  };
}
