import { isDocumentName } from "../../documents/document-name.js";
import { scalarsOf } from "../../json/json-scan.js";
import { NO_TERMS } from "../../model/likeness.js";
import { parsedJson } from "../../model/parsed-json.js";
import type { Resemblance } from "../../model/resemblance.js";
import { isJsonObject, type JsonObject } from "../../model/subject.js";
import { recordBlocks } from "../frame/record-blocks.js";
import { HEAD_BYTES, type Head, headOf } from "../open/head.js";
import { recordsOf } from "../record/records.js";
import type { Unwrapping } from "../record/unwrapping.js";
import { holdsEventNames, namesEvent } from "./event-names.js";
import { foreignBytes, foreignText, textWithoutJson } from "./foreign.js";
import type { Foreign } from "./foreign-kinds.js";

/** Knows the meaning of records. */
export interface RecordJudge {
  /** How strongly a record resembles MPLP data, in disguise or not; undefined if it does not. */
  resemblanceOf(value: JsonObject): Resemblance | undefined;
  /** Takes records out of their carriers; default: they stay there. */
  readonly unwrapping?: Unwrapping;
}

/** Knows the meaning of files. */
export interface Judge extends RecordJudge {
  /** True if the file is a document that holds a mapping, whatever its name. */
  holdsMapping(path: string): Promise<boolean>;
  /** Aborted when the caller no longer waits for answers. */
  readonly signal?: AbortSignal | undefined;
}

/** What the beginning of a file shows. */
export interface Look {
  /** The kind of file, if it cannot hold readable records. */
  readonly foreign?: Foreign;
  /** How strongly its records resemble MPLP data; undefined if they do not. */
  readonly holds?: Resemblance;
  /** How to read it, if its name does not say so. */
  readonly form?: "log" | "document";
}

/** Files with these names are read in a folder whatever they hold. */
const LOG_NAME = /\.(?:ndjson|jsonl|json)(?:\.(?:gz|zst))?$/i;
/** Prose and source code may quote records, but are not logs. */
const PROSE =
  /\.(?:mdx?|markdown|rst|adoc|html?|xml|svg|css|tex|[cm]?[jt]sx?|py|ipynb|rb|go|rs|java|kts?|swift|c|h|cc|cpp|hpp|cs|php|pl|lua|sh|bash|zsh|fish|ps1|sql|toml|snap|diff|patch|graphql|proto)$/i;

/** True if the name promises a log. */
export function isLogName(path: string): boolean {
  return LOG_NAME.test(path);
}

/**
 * Looks at a regular file: at its beginning, and after it where the beginning shows no records.
 *
 * @throws errors of the file system and of decompression
 */
export async function lookAt(path: string, judge: Judge): Promise<Look> {
  const head = await headOf(path);
  const foreign = foreignBytes(head, path);
  if (foreign !== undefined) return { foreign };
  const look = await lookAtHead(path, head, judge);
  if (head.isWhole || look.holds !== undefined || isClear(path, look)) return look;
  return (await holdsEventNames(path, judge.signal)) ? { holds: "perhaps" } : look;
}

/** True if the beginning of a file alone decides its treatment: a log without records is an error in any case. */
function isClear(path: string, { foreign }: Look): boolean {
  return PROSE.test(path) || isLogName(path) || (foreign !== undefined && foreign.reason !== "not MPLP");
}

async function lookAtHead(path: string, head: Head, judge: Judge): Promise<Look> {
  const bytes = inUtf8(head.bytes);
  const content = await contentOf(bytes, head, judge);
  const text = content.objects === 0 ? foreignText(bytes) : undefined;
  if (text !== undefined) return { foreign: text };
  const holds = recordsIn(content, path);
  if (holds === "evidence" && !isDocumentName(path)) return { holds };
  const document = await documentIn(bytes, path, judge);
  if (document !== undefined) return document;
  if (holds === "evidence") return { holds, form: "log" };
  if (holds !== undefined) return { holds };
  const other = content.objects > 0 || isDocumentName(path) ? undefined : textWithoutJson(bytes);
  return other === undefined ? {} : { foreign: other };
}

/** Classifies the first part of a stream that cannot be a log. Documents are read from files only. */
export async function foreignStream(part: Uint8Array, judge: RecordJudge): Promise<Foreign | undefined> {
  const bytes = part.subarray(0, HEAD_BYTES);
  const head = { stored: bytes, bytes, isWhole: part.length < HEAD_BYTES };
  const foreign = foreignBytes(head, "");
  if (foreign !== undefined) return foreign;
  const { objects, strongest } = await contentOf(bytes, head, judge);
  return objects > 0 || strongest !== undefined ? undefined : (foreignText(bytes) ?? textWithoutJson(bytes));
}

/** Counts of the records in a head. */
interface Content {
  readonly records: number;
  readonly objects: number;
  readonly first: Resemblance | undefined;
  readonly strongest: Resemblance | undefined;
}

async function contentOf(bytes: Uint8Array, { isWhole }: Head, judge: RecordJudge): Promise<Content> {
  const found = { records: 0, objects: 0, first: undefined, strongest: undefined } as {
    -readonly [Part in keyof Content]: Content[Part];
  };
  if (!bytes.includes(OPEN_BRACE)) return found;
  for await (const block of recordBlocks(once(bytes), HEAD_BYTES * 2, judge.unwrapping?.parts)) {
    for (const record of recordsOf(block, NO_TERMS, judge.unwrapping)) {
      if ("malformed" in record && record.malformed === "other-output") continue;
      found.records++;
      const value = "malformed" in record ? objectWithin(record.text) : record.value;
      const seen = value === undefined ? undefined : judge.resemblanceOf(value);
      const isObject = !("malformed" in record);
      if (isObject) found.objects++;
      const sure = isObject ? seen : seen && "perhaps";
      if (found.records === 1) found.first = sure;
      found.strongest = stronger(found.strongest, sure);
    }
  }
  if (found.strongest !== undefined) return found;
  const text = Buffer.from(bytes).toString();
  // The first record may be longer than the head.
  const part = found.objects > 0 || isWhole ? undefined : partOfObject(text);
  const seen = part === undefined ? undefined : judge.resemblanceOf(part);
  return { ...found, first: seen, strongest: seen ?? (namesEvent(text) ? "perhaps" : undefined) };
}

const OPEN_BRACE = 0x7b;

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function stronger(one: Resemblance | undefined, other: Resemblance | undefined): Resemblance | undefined {
  return one === "evidence" || other === "evidence" ? "evidence" : (one ?? other);
}

/** A log begins with a record or consists mostly of records; among other text, records may be examples. */
function recordsIn({ records, objects, first, strongest }: Content, path: string): Resemblance | undefined {
  if (first === "evidence") return "evidence";
  if (PROSE.test(path)) return undefined;
  return strongest === "evidence" && objects * 2 < records ? "perhaps" : strongest;
}

/** The object at the end of a line: many loggers write a time and a level before the record. */
function objectWithin(text: string): JsonObject | undefined {
  const [start, end] = [text.indexOf("{"), text.lastIndexOf("}")];
  if (start < 0 || end < start) return undefined;
  const value = parsedJson(text.slice(start, end + 1));
  return isJsonObject(value) ? value : undefined;
}

/** The scalar values of a truncated object, or of the first object of a truncated array. */
function partOfObject(text: string): JsonObject | undefined {
  const start = text.search(/[^\s\ufeff]/);
  if (text[start] !== "{" && text[start] !== "[") return undefined;
  const body = text.slice(start);
  const root: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const { start: from, end, pointer, isName } of scalarsOf(body).slice(0, MAX_SCALARS)) {
    const [, ...names] = pointer?.split("/") ?? [];
    if (isName || names.length === 0 || names.length > MAX_DEPTH) continue;
    put(root, names, JSON.parse(body.slice(from, end)));
  }
  const first = body.startsWith("[") ? root["0"] : root;
  return isJsonObject(first) ? first : undefined;
}

const MAX_SCALARS = 2000;
const MAX_DEPTH = 4;

function put(root: Record<string, unknown>, names: readonly string[], value: unknown): void {
  let object = root;
  for (const name of names.slice(0, -1)) {
    const inner = object[name];
    const next = isJsonObject(inner) ? inner : (Object.create(null) as JsonObject);
    object[name] = next;
    object = next as Record<string, unknown>;
  }
  object[names.at(-1) ?? ""] = value;
}

/** Words that show that a text is about a mapping. */
const MAPPING_WORDS = /modul|psg|attest|mplp/i;
/** The first line of a mapping in YAML. */
const MAPPING_MEMBER = /^["']?(?:modules|attestations)["']?[ \t]*:/m;

async function documentIn(bytes: Uint8Array, path: string, judge: Judge): Promise<Look | undefined> {
  const text = Buffer.from(bytes).toString();
  if (mayBeMapping(text, path) && (await judge.holdsMapping(path)))
    return { holds: "evidence", ...(!isDocumentName(path) && { form: "document" }) };
  return /\.ya?ml(?:\.(?:gz|zst))?$/i.test(path) ? await yamlRecords(text, judge) : undefined;
}

/** True if the file is worth reading as a mapping. */
function mayBeMapping(text: string, path: string): boolean {
  if (isDocumentName(path)) return MAPPING_WORDS.test(text);
  return MAPPING_MEMBER.test(text) && !PROSE.test(path) && !isLogName(path);
}

/** Records in YAML. A single one is read as a document; several are not read. */
async function yamlRecords(text: string, judge: RecordJudge): Promise<Look | undefined> {
  if (!/event.?(?:id|family)|sample.?(?:id|family)|snapshot.?id/i.test(text)) return undefined;
  const { readYaml } = await import("../../documents/yaml.js");
  const { value, problems } = readYaml(text.length < HEAD_BYTES ? text : text.slice(0, lastItem(text)));
  const isOne = isJsonObject(value) && problems.length === 0;
  const held = isJsonObject(value) ? value : { items: value };
  const seen = judge.resemblanceOf(held);
  if (seen === undefined) return undefined;
  return { holds: isOne && seen === "evidence" ? "evidence" : "perhaps" };
}

/** The offset of the last item of a truncated list. */
function lastItem(text: string): number {
  const at = text.lastIndexOf("\n- ");
  return at < 0 ? text.length : at + 1;
}

/** The same text in UTF-8, if a byte order mark shows UTF-16. */
function inUtf8(bytes: Uint8Array): Uint8Array {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return Buffer.from(new TextDecoder("utf-16le").decode(bytes));
  if (first === 0xfe && second === 0xff) return Buffer.from(new TextDecoder("utf-16be").decode(bytes));
  return bytes;
}
