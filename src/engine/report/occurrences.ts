import type { Discretion } from "../../model/discretion.js";
import type { Occurrence } from "../../model/finding.js";
import { safeJson } from "../../model/printable.js";
import type { Position } from "../../model/rule.js";
import type { LogRecord } from "../../model/subject.js";
import { comparePositions } from "../ledger.js";
import { wordAt } from "../memory/number-at.js";
import type { DecidedOccurrence, LateOccurrence, LineSpool, OccurrenceSink, Where } from "../passage.js";
import { type Reading, shownId } from "../passage.js";
import { LateOccurrences } from "./late-occurrences.js";
import { type PlaceSet, placesBy } from "./place-set.js";

/** The facts that occurrences need once the log has been read. */
export interface Finishing {
  readonly whereIs: (at: Position) => Where;
  /** Inputs in which one finding about the file replaces those about its events without a family. */
  readonly replaced: ReadonlySet<number>;
  /** Reads an input again and gives the records at some places, in order. */
  recordsAt(input: number, places: PlaceSet): AsyncIterable<readonly [line: number, record: LogRecord]>;
  /** The names of the quotas that were exceeded. */
  readonly overdrawn: Pick<ReadonlySet<string>, "has">;
  readonly placeOf: Reading<never>["placeOf"];
  readonly discretion: Discretion;
}

/**
 * Every occurrence of a run, in log order. Occurrences of single events are spooled as they come. Those that only a
 * whole file or log shows come last and are merged in.
 */
export class Occurrences implements OccurrenceSink {
  readonly #spool: LineSpool;
  readonly #late = new LateOccurrences();

  constructor(spool: LineSpool) {
    this.#spool = spool;
  }

  write(position: Position, occurrence: DecidedOccurrence): void {
    this.#spool.append(safeJson([position, occurrence]));
  }

  writeLate(late: LateOccurrence): void {
    this.#late.add(late);
  }

  /** All occurrences. Read them once, after the run. */
  async *finished(finishing: Finishing): AsyncGenerator<Occurrence> {
    const late = this.#placed(finishing);
    let next = await late.next();
    for await (const line of this.#spool.lines()) {
      const [position, raw] = JSON.parse(line) as [Position, DecidedOccurrence];
      for (; next.done !== true; next = await late.next()) {
        if (comparePositions(next.value.position, position) > 0) break;
        yield next.value.occurrence;
      }
      const { isFamilyless, line: _line, ...rest } = raw;
      if (isFamilyless && finishing.replaced.has(position.input)) continue;
      yield { ...settled(rest, finishing), ...finishing.whereIs(position) };
    }
    for (; next.done !== true; next = await late.next()) yield next.value.occurrence;
  }

  /** The late occurrences in log order. Records are read again for columns and event ids. */
  async *#placed(finishing: Finishing): AsyncGenerator<Placed> {
    const rows = this.#late.inLogOrder();
    for (let from = 0, to = 0; from < rows.length; from = to) {
      const { input } = this.#late.positionAt(wordAt(rows, from));
      while (to < rows.length && this.#late.positionAt(wordAt(rows, to)).input === input) to++;
      yield* this.#placedIn(input, rows.subarray(from, to), finishing);
    }
  }

  async *#placedIn(input: number, rows: Uint32Array, finishing: Finishing): AsyncGenerator<Placed> {
    let next = 0;
    const lineAt = (place: number): number => this.#late.positionAt(wordAt(rows, place)).line;
    for await (const [line, record] of finishing.recordsAt(input, placesBy(rows.length, lineAt))) {
      for (; next < rows.length && lineAt(next) <= line; next++) {
        const late = this.#late.at(wordAt(rows, next));
        yield finishedLate(late, lineAt(next) === line ? record : undefined, finishing);
      }
    }
    for (; next < rows.length; next++)
      yield finishedLate(this.#late.at(wordAt(rows, next)), undefined, finishing);
  }
}

interface Placed {
  readonly position: Position;
  readonly occurrence: Occurrence;
}

function finishedLate(
  { position, related, occurrence }: LateOccurrence,
  record: LogRecord | undefined,
  finishing: Finishing,
): Placed {
  return {
    position,
    occurrence: {
      ...settled(occurrence, finishing),
      ...finishing.whereIs(position),
      ...(occurrence.path !== undefined && { path: occurrence.path }),
      ...(record !== undefined && occurrence.pointer !== undefined
        ? placeIn(record, position, occurrence.pointer, finishing)
        : {}),
      ...(related.length > 0 && { related: related.map(finishing.whereIs) }),
    },
  };
}

/** Removes the waived mark from an occurrence whose quota was exceeded. */
function settled<T extends Pick<DecidedOccurrence, "waived" | "quota">>(
  { quota, waived, ...rest }: T,
  { overdrawn }: Finishing,
): Omit<T, "quota" | "waived"> & Pick<Occurrence, "waived"> {
  const isWaived = waived === true && !(quota !== undefined && overdrawn.has(quota));
  return { ...rest, ...(isWaived && { waived }) };
}

function placeIn(record: LogRecord, { input }: Position, pointer: string, finishing: Finishing) {
  const { placeOf, discretion, whereIs } = finishing;
  const { line, column } = placeOf(record, pointer);
  const id = "value" in record ? record.value.event_id : undefined;
  return {
    line: whereIs({ input, line }).line,
    column,
    ...(typeof id === "string" && { event_id: shownId(id, discretion) }),
  };
}
