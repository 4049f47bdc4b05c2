import { createHash } from "node:crypto";
import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { odditiesOf } from "../../json/json-scan.js";
import { parsedJson, withoutMark } from "../../model/parsed-json.js";
import type { EvidencePack, RunError } from "../../model/report.js";
import { isJsonObject } from "../../model/subject.js";
import { withoutSecrets } from "../../privacy/mask.js";
import { reasonOf } from "../open/reasons.js";
import { inFolder } from "./in-folder.js";
import { DIGEST, MANIFEST, SUMS } from "./pack-paths.js";
import { MAX_NAME, type Sum, smallText, sumsIn, sumsText, verify } from "./pack-sums.js";
import { byCodeUnit } from "./rotation.js";

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
  const digest = await digestOf(folder, sums.length === 0 ? "" : list, errors);
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
  if (isRepeated("/protocol_version", text)) return "stated twice";
  return typeof version === "string" ? version.trim() : "no text";
}

function isRepeated(pointer: string, text: string): boolean {
  return odditiesOf(text).some((oddity) => oddity.kind === "duplicate-key" && oddity.pointer === pointer);
}

/** Compares the digest of a pack with its list of checksums, "" if it lists none; undefined if the pack has no digest. */
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

const MAX_LISTED = 200;

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
