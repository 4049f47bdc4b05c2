import { digestsOf } from "../input/scan/digests.js";
import { isJsonObject } from "../model/subject.js";
import type { FoundInputs } from "../run/inputs.js";
import type { OpenedDocument } from "../run/open-document.js";
import type { HeldRecord } from "./excerpt.js";
import type { Edit } from "./mutation.js";
import type { ReadExcerpt } from "./read-excerpt.js";

/** The inputs of one run, all in memory: those of the user, with some records replaced. */
export type Replaced = ReadonlyMap<HeldRecord, Edit["lines"]>;

export const NOTHING_REPLACED: Replaced = new Map();

/** The edits of one mutation, by their records. */
export function replacing(edits: readonly Edit[]): Replaced {
  return new Map(edits.map(({ record, lines }) => [record, lines]));
}

/**
 * Inputs for a check that reads an excerpt from memory.
 *
 * @param found the inputs as they were found; those that could not be read stay among the problems
 */
export function inputsInMemory(found: FoundInputs, { inputs }: ReadExcerpt, replaced: Replaced): FoundInputs {
  const contents = new Map<string, Uint8Array>();
  const documents = new Map<string, OpenedDocument>();
  for (const [path, { isDocument, records }] of inputs) {
    const [only] = records;
    if (isDocument && only?.document !== undefined)
      documents.set(path, documentWith(only.document, replaced.get(only)));
    else contents.set(path, Buffer.from(logText(records, replaced)));
  }
  return { ...found, packs: [], contents, mappings: { take: (path) => documents.get(path) } };
}

/** The text of a log, one record a line. */
export function logText(records: readonly HeldRecord[], replaced: Replaced): string {
  return records
    .flatMap((record) => replaced.get(record) ?? [record.text])
    .map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`)
    .join("");
}

function documentWith(document: OpenedDocument, lines: Edit["lines"] | undefined): OpenedDocument {
  const value = lines?.[0];
  if (!isJsonObject(value)) return document;
  return { ...document, record: { ...document.record, value, digests: digestsOf(value), likeness: 0 } };
}
