import { createHash } from "node:crypto";
import type { Dirent } from "node:fs";
import { lstat, readdir, readFile, realpath, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parsedJson, withoutMark } from "../../model/parsed-json.js";
import type { EvidencePack, RunError } from "../../model/report.js";
import { isJsonObject } from "../../model/subject.js";
import { withoutSecrets } from "../../privacy/mask.js";
import { reasonOf } from "../open/reasons.js";
import { sha256Of } from "../open/same-file.js";
import { inFolder } from "./in-folder.js";
import { byCodeUnit } from "./rotation.js";
import { isWithin, type WalkedFile } from "./walk.js";

const MANIFEST = "manifest.json";
const SUMS = "integrity/sha256sums.txt";
const DIGEST = "integrity/pack.sha256";
const TIMELINE = "timeline/";
const LOG = /\.(?:ndjson|jsonl)(?:\.\d+)?(?:\.(?:gz|zst))?$/i;

/** The folders that hold a manifest and a timeline or checksums. A pack within a pack is ignored. */
export function packsAmong(files: readonly WalkedFile[]): ReadonlySet<string> {
  const names = new Set(files.filter(({ isHidden }) => !isHidden).map(({ name }) => name));
  const withLogs = new Set([...names].filter((name) => LOG.test(name)).flatMap(foldersOf));
  const packs = new Set<string>();
  const candidates = [...names].filter((name) => name === MANIFEST || name.endsWith(`/${MANIFEST}`));
  // This order puts a folder before its subfolders.
  for (const folder of candidates.map((name) => name.slice(0, -MANIFEST.length - 1)).sort(byCodeUnit)) {
    const at = (name: string): string => (folder === "" ? name : `${folder}/${name}`);
    const isPack = names.has(at(SUMS)) || withLogs.has(at(TIMELINE).slice(0, -1));
    if (isPack && !packs.has("") && !foldersOf(folder).some((around) => packs.has(around))) packs.add(folder);
  }
  return packs;
}

/** The folders around a path, nearest first; the last is "". */
export function foldersOf(path: string): readonly string[] {
  const folders: string[] = [];
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1))
    folders.push(path.slice(0, at));
  return [...folders, ""];
}

/** True if the file is in the timeline of its pack: the run reads nothing else of a pack. */
export function isTimeline(path: string, pack: string): boolean {
  return nameIn(path, pack).startsWith(TIMELINE);
}

/** True if the file describes the pack itself. */
export function isOfPack(path: string, pack: string): boolean {
  return OWN.includes(nameIn(path, pack));
}

const OWN: readonly string[] = [MANIFEST, SUMS, DIGEST];

function nameIn(path: string, pack: string): string {
  return pack === "" ? path : path.slice(pack.length + 1);
}

/** The facts about a pack, and the errors found in it. */
export interface VerifiedPack {
  readonly pack: EvidencePack;
  readonly errors: readonly RunError[];
}

/**
 * Verifies the checksums of a pack, and lists what the run does not check otherwise.
 *
 * @param read the files that the run has read, as absolute paths
 * @param isOurVersion returns true for the protocol version that the run checks
 */
export async function verifyPack(
  folder: string,
  read: ReadonlySet<string>,
  isOurVersion: (version: string) => boolean,
): Promise<VerifiedPack> {
  const errors: RunError[] = [];
  const list = await sumsText(folder, errors);
  const sums = sumsIn(list, inFolder(folder, SUMS), errors);
  const verified = await verifySums(folder, sums, errors);
  const digest = await digestOf(folder, list, errors);
  const version = await statedVersion(folder, errors);
  const names = (await filesOf(folder, errors)).filter((name) => name !== SUMS && name !== DIGEST);
  const isRead = (name: string): boolean => name === MANIFEST || read.has(resolve(folder, name));
  const isVerified = (name: string): boolean => verified.has(resolve(folder, name));
  const checksumOnly = names.filter((name) => !isRead(name) && isVerified(name));
  const notChecked = names.filter((name) => !isRead(name) && !isVerified(name));
  return {
    pack: {
      path: folder,
      ...(version !== undefined &&
        !isOurVersion(version) && { otherVersion: withoutSecrets(version).slice(0, MAX_VERSION) }),
      ...(digest !== undefined && { digest }),
      checksums: { listed: sums.length, verified: verified.size },
      files: {
        read: names.length - checksumOnly.length - notChecked.length,
        checksumOnly: checksumOnly.length,
        notChecked: notChecked.length,
      },
      checksumOnly: listedOf(checksumOnly),
      notChecked: listedOf(notChecked),
      withoutChecksum: listedOf(names.filter((name) => isRead(name) && !isVerified(name))),
    },
    errors: listedErrors(folder, errors),
  };
}

const MAX_VERSION = 40;

/** The protocol version that the manifest names, or undefined. */
async function statedVersion(folder: string, errors: RunError[]): Promise<string | undefined> {
  const path = inFolder(folder, MANIFEST);
  const text = await smallText(path, errors);
  if (text === undefined) return undefined;
  const manifest = parsedJson(withoutMark(text));
  if (!isJsonObject(manifest)) {
    errors.push({ path, message: "the manifest is not a JSON object" });
    return undefined;
  }
  const { protocol_version: version } = manifest;
  if (version === undefined) return undefined;
  return typeof version === "string" ? version.trim() : "no text";
}

/** Compares the digest of a pack with its checksums; undefined if the pack has no digest. */
async function digestOf(folder: string, list: string, errors: RunError[]): Promise<EvidencePack["digest"]> {
  const path = inFolder(folder, DIGEST);
  const text = await smallText(path, errors);
  if (text === undefined) return undefined;
  const [, stated] = /^\s*([0-9a-f]{64})(?:\s|$)/i.exec(text) ?? [];
  if (stated === undefined) errors.push({ path, message: "not a digest: write 64 hex digits" });
  if (stated === undefined || list === "") return "not verified";
  if (digestsOfList(list).has(stated.toLowerCase())) return "verified";
  errors.push({
    path,
    message: `this is not the digest of ${SUMS}: the list is not the one that was sealed`,
  });
  return "not verified";
}

/** Tools hash the list as it is, or with sorted lines, with or without a final line end. */
function digestsOfList(list: string): ReadonlySet<string> {
  const lines = list.split(/\r?\n/).filter((line) => line.trim() !== "");
  const pathOf = (line: string): string => line.replace(/^\S+\s+/, "");
  const orders = [
    lines,
    [...lines].sort(byCodeUnit),
    [...lines].sort((a, b) => byCodeUnit(pathOf(a), pathOf(b))),
  ];
  const texts = orders.map((order) => order.join("\n")).flatMap((text) => [text, `${text}\n`]);
  return new Set([list, ...texts].map((text) => createHash("sha256").update(text).digest("hex")));
}

/** Everything in a folder except folders: links, devices and any file name count too. */
async function filesOf(folder: string, errors: RunError[]): Promise<readonly string[]> {
  const names: string[] = [];
  const prefixes = [""];
  for (const prefix of prefixes) {
    for (const entry of await entriesOf(`${folder}/${prefix}`, errors)) {
      if (entry.isDirectory()) prefixes.push(`${prefix}${entry.name}/`);
      else names.push(`${prefix}${entry.name}`);
    }
  }
  return names.sort(byCodeUnit);
}

/** The entries of a folder. An unreadable folder gives an empty list and adds an error. */
async function entriesOf(folder: string, errors: RunError[]): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    errors.push({ path: folder.slice(0, -1), message: reasonOf(error) });
    return [];
  }
}

/** The first errors of a pack, and the number of further ones. */
function listedErrors(folder: string, errors: readonly RunError[]): readonly RunError[] {
  if (errors.length <= MAX_LISTED) return errors;
  const more = { path: folder, message: `${errors.length - MAX_LISTED} more errors of this evidence folder` };
  return [...errors.slice(0, MAX_LISTED), more];
}

/** The first names of a list, and the number of further ones. */
function listedOf(names: readonly string[]): readonly string[] {
  if (names.length <= MAX_LISTED) return names;
  return [...names.slice(0, MAX_LISTED), `and ${names.length - MAX_LISTED} more`];
}

/** The files that match their checksums, as absolute paths. */
async function verifySums(
  folder: string,
  sums: readonly Sum[],
  errors: RunError[],
): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  const verified = new Set<string>();
  for (const { line, name, sha256 } of sums) {
    const file = resolve(folder, name);
    // A list may repeat one file many times; read it only once.
    const problem = seen.has(file) ? "is listed before" : await verify(folder, name, sha256);
    seen.add(file);
    if (problem === undefined) verified.add(file);
    else
      errors.push({
        path: inFolder(folder, SUMS),
        line,
        message: `${withoutSecrets(name).slice(0, MAX_NAME)}: ${problem}`,
      });
  }
  return verified;
}

const MAX_NAME = 200;
const MAX_LISTED = 200;
const MAX_BYTES = 4 << 20;

interface Sum {
  readonly line: number;
  readonly name: string;
  readonly sha256: string;
}

function sumsIn(list: string, path: string, errors: RunError[]): readonly Sum[] {
  return list.split(/\r?\n/).flatMap((text, index) => {
    if (text.trim() === "" || text.startsWith("#")) return [];
    const [, sha256, name] = /^([0-9a-f]{64}) [ *](.+)$/i.exec(text) ?? [];
    if (sha256 !== undefined && name !== undefined) return [{ line: index + 1, name, sha256 }];
    errors.push({
      path,
      line: index + 1,
      message: "not a checksum: write 64 hex digits, two blanks, a path",
    });
    return [];
  });
}

/** The list of checksums; empty if the pack has none. */
async function sumsText(folder: string, errors: RunError[]): Promise<string> {
  return (await smallText(inFolder(folder, SUMS), errors)) ?? "";
}

/** The text of a file in the pack. Undefined if the file is missing, or, with an error, if it is not read. */
async function smallText(path: string, errors: RunError[]): Promise<string | undefined> {
  try {
    const found = await lstat(path);
    if (!found.isFile()) errors.push({ path, message: "is no regular file" });
    else if (found.size > MAX_BYTES) errors.push({ path, message: `is longer than ${MAX_BYTES} bytes` });
    else return await readFile(path, "utf8");
  } catch (error) {
    if (!NOWHERE.includes((error as NodeJS.ErrnoException).code))
      errors.push({ path, message: reasonOf(error) });
  }
  return undefined;
}

const NOWHERE: readonly unknown[] = ["ENOENT", "ENOTDIR"];

/** Why a file of the pack differs from its listed checksum; undefined if it matches. */
async function verify(folder: string, name: string, sha256: string): Promise<string | undefined> {
  try {
    const file = await realpath(join(folder, name));
    if (!isWithin(await realpath(folder), file)) return "the path leads out of the evidence folder";
    if (!(await isFile(file))) return "is no regular file";
    return (await sha256Of(file)) === sha256.toLowerCase() ? undefined : "is not the file that was listed";
  } catch (error) {
    return `cannot be read: ${reasonOf(error)}`;
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
