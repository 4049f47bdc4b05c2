import type { Finding, Location } from "../model/finding.js";
import { withoutSecrets } from "../privacy/mask.js";
import { byPlace, lineOf, type Piece } from "./piece.js";
import { linesIn, type Picks, piecesIn, type Reading } from "./read-pieces.js";
import { SharedIds } from "./shared-ids.js";
import type { Source, Sources } from "./sources.js";

/** Pieces that may give a finding, with the number of pieces that were left out. */
export type Candidate = readonly Piece[];

/** The most that is taken from a log besides the evidence itself. */
const MOST_PIECES = 5000;
const MOST_BYTES = 32 << 20;

/**
 * Lists of pieces that may give a finding, each tried only if those before did not give it: the evidence of the first
 * place, of all places, records that share ids with them, the beginning of the log, and at last its lines, whatever
 * they are.
 */
export async function* candidatesFor(
  finding: Finding,
  { logs }: Sources,
  reading: Reading,
): AsyncGenerator<Candidate> {
  const [first] = finding.locations;
  if (first === undefined) return;
  const nearest = await evidence([first, ...finding.related], logs, reading);
  yield nearest;
  const all = await evidence([...finding.locations, ...finding.related], logs, reading);
  if (all.length > nearest.length) yield all;
  for (const ids of [SharedIds.narrow(nearest), SharedIds.wide(nearest), SharedIds.wide(all)])
    if (!ids.isEmpty) yield merged(all, await taken(logs, reading, piecesIn, (_, bytes) => ids.isIn(bytes)));
  yield merged(all, await taken(logs, reading, piecesIn, () => true));
  yield taken(logs, reading, linesIn, () => true);
}

/** The records at some places. */
async function evidence(
  places: readonly Location[],
  logs: readonly Source[],
  reading: Reading,
): Promise<readonly Piece[]> {
  const found: Piece[] = [];
  for (const source of logs) {
    const path = withoutSecrets(source.path);
    const own = places.filter((place) => place.path === path);
    if (own.length === 0) continue;
    const lines = new Set(own.map(({ line }) => line));
    for await (const piece of upTo(Math.max(...lines), source, reading, (line) => lines.has(line)))
      if (source.text !== undefined || own.some((place) => isAt(piece, place))) found.push(piece);
  }
  return found;
}

/** The picked records up to a line: what follows is not read. */
async function* upTo(last: number, source: Source, reading: Reading, picks: Picks): AsyncGenerator<Piece> {
  for await (const piece of piecesIn(source, reading, (line, bytes) => line > last || picks(line, bytes))) {
    if (piece.line > last) return;
    yield piece;
  }
}

function isAt({ line, number }: Piece, { line: wanted, record }: Location): boolean {
  return line === wanted && (record === undefined || number === 0 || number === record);
}

/** The picked pieces of all sources, as many as may be held. */
async function taken(
  logs: readonly Source[],
  reading: Reading,
  read: typeof piecesIn,
  picks: Picks,
): Promise<readonly Piece[]> {
  const found: Piece[] = [];
  let bytes = 0;
  for (const source of logs)
    for await (const piece of read(source, reading, picks)) {
      bytes += lineOf(piece).length;
      if (found.length >= MOST_PIECES || bytes > MOST_BYTES) return found;
      found.push(piece);
    }
  return found;
}

function merged(one: readonly Piece[], other: readonly Piece[]): readonly Piece[] {
  const pieces = new Map([...one, ...other].map((piece) => [placeOf(piece), piece]));
  return [...pieces.values()].sort(byPlace);
}

function placeOf({ input, line, number }: Piece): string {
  return `${input} ${line} ${number}`;
}
