import type { Occurrence } from "../model/finding.js";
import { safeJson } from "../model/printable.js";
import type { Position } from "../model/rule.js";
import type { LogRecord } from "../model/subject.js";
import { type RawOccurrence, type Reading, shownId } from "./check-block.js";
import { comparePositions } from "./ledger.js";
import type { LateOccurrence, OccurrenceSink } from "./log-state.js";

/** Keeps lines of text for later, in order: in a temporary file, or in memory. */
export interface LineSpool {
  append(line: string): void;
  lines(): AsyncIterable<string>;
}

/** What is needed to finish occurrences once the log has been read. */
export interface Finishing {
  readonly paths: readonly string[];
  /** Inputs of which a finding about the whole file stands for those about events without a family. */
  readonly replaced: ReadonlySet<number>;
  /** Reads an input again for the records on some lines, in their order. */
  recordsAt(
    input: number,
    lines: ReadonlySet<number>,
  ): AsyncIterable<readonly [line: number, record: LogRecord]>;
  readonly placeOf: Reading<never>["placeOf"];
  readonly conceal: Reading<never>["conceal"];
}

type Placed = LateOccurrence & { line?: number; column?: number; eventId?: string };

/**
 * Every occurrence of a run, in log order. Those of single events are spooled as they come; those that
 * only a whole file or log shows come at the end and are merged in.
 */
export class Occurrences implements OccurrenceSink {
  readonly #spool: LineSpool;
  readonly #late: Placed[] = [];

  constructor(spool: LineSpool) {
    this.#spool = spool;
  }

  write(position: Position, occurrence: RawOccurrence): void {
    this.#spool.append(safeJson([position, occurrence]));
  }

  writeLate(late: LateOccurrence): void {
    this.#late.push(late);
  }

  /** All occurrences. To be read once, after the run. */
  async *finished(finishing: Finishing): AsyncGenerator<Occurrence> {
    this.#late.sort((a, b) => comparePositions(a.position, b.position));
    await this.#place(finishing);
    let next = 0;
    for await (const line of this.#spool.lines()) {
      const [position, raw] = JSON.parse(line) as [Position, RawOccurrence];
      for (let late = this.#late[next]; late !== undefined; late = this.#late[next]) {
        if (comparePositions(late.position, position) > 0) break;
        yield finishedLate(late, finishing);
        next++;
      }
      const { isFamilyless, line: _line, ...rest } = raw;
      if (isFamilyless && finishing.replaced.has(position.input)) continue;
      yield { ...rest, ...whereIs(position, finishing) };
    }
    for (const late of this.#late.slice(next)) yield finishedLate(late, finishing);
  }

  /** Finds the columns and event ids of late occurrences, whose text has gone by. */
  async #place(finishing: Finishing): Promise<void> {
    for (const input of new Set(this.#late.map(({ position }) => position.input))) {
      const own = this.#late.filter(
        ({ position, occurrence }) => position.input === input && occurrence.pointer !== undefined,
      );
      if (own.length === 0) continue;
      let next = 0;
      for await (const [line, record] of finishing.recordsAt(
        input,
        new Set(own.map(({ position }) => position.line)),
      )) {
        while ((own[next]?.position.line ?? line) < line) next++;
        for (let late = own[next]; late?.position.line === line; late = own[++next])
          placeLate(late, record, finishing);
      }
    }
  }
}

function placeLate(late: Placed, record: LogRecord, { placeOf, conceal }: Finishing): void {
  const { pointer } = late.occurrence;
  if (pointer !== undefined) Object.assign(late, lineAndColumn(placeOf(record, pointer)));
  const id = "value" in record ? record.value.event_id : undefined;
  if (typeof id === "string") late.eventId = shownId(id, conceal);
}

function lineAndColumn({ line, column }: { line: number; column: number }): { line: number; column: number } {
  return { line, column };
}

function finishedLate(
  { position, related, occurrence, line = position.line, column, eventId }: Placed,
  finishing: Finishing,
): Occurrence {
  return {
    ...occurrence,
    ...whereIs({ ...position, line }, finishing),
    ...(column !== undefined && { column }),
    ...(eventId !== undefined && { event_id: eventId }),
    ...(related.length > 0 && { related: related.map((other) => whereIs(other, finishing)) }),
  };
}

function whereIs({ input, line }: Position, { paths }: Finishing): { path: string; line: number } {
  return { path: paths[input] ?? "", line: line + 1 };
}
