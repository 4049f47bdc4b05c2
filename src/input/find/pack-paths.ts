import { byCodeUnit } from "./rotation.js";
import type { WalkedFile } from "./walk.js";

// The files and folders of a pack.
export const MANIFEST = "manifest.json";
export const SUMS = "integrity/sha256sums.txt";
export const DIGEST = "integrity/pack.sha256";
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
