import { stat } from "node:fs/promises";
import { isDocumentName } from "../documents/document-name.js";
import { type Discovered, discover } from "../input/find/discover.js";
import { lookAt } from "../input/find/look.js";
import { fileSize } from "../input/open/file-mark.js";
import { headOf } from "../input/open/head.js";
import { STDIN } from "../input/open/open.js";
import { isReadError } from "../input/open/reasons.js";
import { looksLikeMapping } from "../mapping/read-mapping.js";
import type { ParsedRecord } from "../model/subject.js";
import { resemblanceOf } from "../recognise/resemblance.js";
import { beginsState } from "../state/peek-state.js";
import { type ForcedKind, unwrappingFor } from "./blocks/block-reader.js";
import { type OpenedDocument, openDocument } from "./open-document.js";

/** The kind of some paths, which then does not depend on their content. */
export type Kinds = Readonly<Record<string, ForcedKind>>;

/** The inputs that a check reads, and the files that it leaves unread. */
export interface FoundInputs extends Discovered {
  /** Mappings that the search opened to find out what they are. */
  readonly mappings: HeldDocuments;
  /** Logs in memory, by path: the run reads these bytes in place of the file. Default: none. */
  readonly contents?: ReadonlyMap<string, Uint8Array>;
}

/** Documents that are open already. */
interface HeldDocuments {
  /** Hands out a document, if it is held. */
  take(path: string): OpenedDocument | undefined;
}

/** An input with its kind. It is a log unless it has a document. */
export interface Input {
  readonly path: string;
  /** The kind of its records; undefined if it is detected record by record. */
  readonly kind: ForcedKind | undefined;
  readonly document?: OpenedDocument;
}

/** Recognises the content of an input from its beginning. */
export const JUDGE = { resemblanceOf, unwrapping: unwrappingFor("auto") };

/** What decides which inputs are found. */
export interface SearchOptions {
  readonly kinds?: Kinds;
  readonly signal?: AbortSignal;
}

/** Finds the inputs of a check. */
export async function inputsIn(
  paths: readonly string[],
  { kinds = {}, signal }: SearchOptions,
): Promise<FoundInputs> {
  const mappings = new OpenedMappings();
  const judge = { ...JUDGE, holdsMapping: (path: string) => mappings.open(path), signal };
  const found = await discover(paths, judge, (path) => kinds[path] === "evidence");
  return { ...found, mappings };
}

/**
 * True if a regular file holds events, samples, snapshots or a mapping, as far as its beginning shows. A state holds none,
 * only what a run keeps of them.
 */
export async function holdsEvidence(path: string): Promise<boolean> {
  const mappings = new OpenedMappings();
  try {
    if (!(await stat(path)).isFile() || beginsState((await headOf(path)).bytes)) return false;
    const look = await lookAt(path, { ...JUDGE, holdsMapping: (file) => mappings.open(file) });
    return look.holds === "evidence";
  } catch (error) {
    if (isReadError(error)) return false;
    throw error;
  }
}

/** The result of an interrupted search. */
export function noInputs(): FoundInputs {
  return {
    files: [],
    forms: new Map(),
    problems: [],
    packs: [],
    notRead: [],
    mappings: new OpenedMappings(),
  };
}

/** Opens an input if it is a document. Only this function decides what an input is. */
export async function inputAt(
  path: string,
  { forms, mappings, contents }: FoundInputs,
  kinds: Kinds | undefined,
): Promise<Input> {
  const kind = kinds?.[path];
  if (contents?.has(path) === true) return { path, kind };
  const held = kind === undefined || kind === "mapping" ? mappings.take(path) : undefined;
  const document = held ?? (await documentAt(path, kind, forms.get(path)));
  if (document === undefined) return { path, kind };
  return { path, kind: isMapping(document.record) ? "mapping" : kind, document };
}

async function documentAt(
  path: string,
  kind: ForcedKind | undefined,
  form: "log" | "document" | undefined,
): Promise<OpenedDocument | undefined> {
  const isForced = kind === "mapping" || (kind === undefined && form === "document");
  if (!isForced && (path === STDIN || kind !== undefined || form === "log")) return undefined;
  try {
    const document = await openDocument(path, isForced);
    const isTaken =
      document !== undefined && (isForced || isDocumentName(path) || isMapping(document.record));
    return isTaken ? document : undefined;
  } catch (error) {
    // The caller then reads it as a log, which reports the error.
    if (isReadError(error)) return undefined;
    throw error;
  }
}

/** Characters of mappings that are kept between search and reading: 16 Mi. Further mappings are opened again. */
const MOST_HELD = 1 << 24;

/** Keeps mappings that the search has opened, so that the run need not open them again. */
class OpenedMappings implements HeldDocuments {
  readonly #held = new Map<string, OpenedDocument>();
  #length = 0;

  /** Opens a file; true if it is a document that holds a mapping, whatever its name. */
  async open(path: string): Promise<boolean> {
    try {
      const document = await openDocument(path, true);
      if (document === undefined || !isMapping(document.record)) return false;
      this.#hold(path, document);
      return true;
    } catch (error) {
      if (isReadError(error)) return false;
      throw error;
    }
  }

  /** Hands out a mapping, once. */
  take(path: string): OpenedDocument | undefined {
    const document = this.#held.get(path);
    this.#held.delete(path);
    return document;
  }

  #hold(path: string, document: OpenedDocument): void {
    const { length } = document.record.text;
    if (this.#length + length > MOST_HELD) return;
    this.#length += length;
    this.#held.set(path, document);
  }
}

/** True if a document is a mapping, or a broken attempt at one. */
function isMapping({ value, text, document }: ParsedRecord): boolean {
  return document?.isReadable === false ? /\bmodules\b/i.test(text) : looksLikeMapping(value);
}

/** The name of a path in the report. */
export function inputName(path: string, { stdinName = STDIN }: { readonly stdinName?: string }): string {
  return path === STDIN ? stdinName : path;
}

/** Bytes of all files; undefined if a path is no file. */
export function sizeOf(paths: readonly string[]): number | undefined {
  let total = 0;
  for (const path of paths) {
    const size = path === STDIN ? undefined : fileSize(path);
    if (size === undefined) return undefined;
    total += size;
  }
  return total;
}
