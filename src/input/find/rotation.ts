import { basename } from "node:path/posix";

/** A file of a rotated log: `events.ndjson`, `events.ndjson.1`, `events.ndjson-20260101.gz`. */
interface Rotated {
  /** The name of the current log. */
  readonly log: string;
  /** The lowest is the youngest; undefined for dated files and for the current log. */
  readonly number?: number;
  /** Undefined for numbered files and for the current log. */
  readonly date?: string;
}

/** Parts have numbers with leading zeros; a number with four digits is a year. */
const NUMBERED = /^(.+)\.(0|[1-9]\d{0,2})(?:\.(?:gz|zst))?$/;
const DATED = /^(.+)[-._](\d{4}-?\d{2}-?\d{2}(?:[-_T.]?\d{2,6})?)(?:\.(?:gz|zst))?$/;

/** Orders paths by name, but the files of a rotated log from the oldest to the current one. */
export function byAge(a: string, b: string): number {
  const [one, other] = [rotatedOf(a), rotatedOf(b)];
  return byCodeUnit(one.log, other.log) || byRotation(one, other) || byCodeUnit(a, b);
}

/** Dated files come first: if both exist, the numbered ones are younger. */
function byRotation(a: Rotated, b: Rotated): number {
  if (a.date !== undefined && b.date !== undefined) return byCodeUnit(a.date, b.date);
  if (a.date !== undefined || b.date !== undefined) return a.date !== undefined ? -1 : 1;
  return (b.number ?? -1) - (a.number ?? -1);
}

function rotatedOf(path: string): Rotated {
  const name = basename(path);
  const folder = path.slice(0, path.length - name.length);
  const [, numbered, number] = NUMBERED.exec(name) ?? [];
  if (numbered !== undefined) return { log: folder + numbered, number: Number(number) };
  const [, dated, date] = DATED.exec(name) ?? [];
  return dated === undefined || date === undefined ? { log: path } : { log: folder + dated, date };
}

export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
