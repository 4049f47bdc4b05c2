import { safeJson } from "../model/printable.js";
import type { Rejected } from "../model/rejected.js";
import type { Position } from "../model/rule.js";
import type { RawRejected } from "./check-block.js";
import type { LineSpool } from "./occurrences.js";

/** The invalid integration events of a run, in log order: spooled as they come, and read once, after the run. */
export class Rejections {
  readonly #spool: LineSpool;

  constructor(spool: LineSpool) {
    this.#spool = spool;
  }

  /** @param from where the events' block begins */
  take(events: readonly RawRejected[], from: Position): void {
    for (const { line, ...rest } of events)
      this.#spool.append(safeJson([from.input, { ...rest, line: from.line + line + 1 }]));
  }

  /** @param replaced inputs of which a finding about the whole file stands for those about events without a family */
  async *finished(paths: readonly string[], replaced: ReadonlySet<number>): AsyncGenerator<Rejected> {
    for await (const text of this.#spool.lines()) {
      const [input, { isFamilyless, line, reasons, event }] = JSON.parse(text) as [number, RawRejected];
      if (!(isFamilyless && replaced.has(input))) yield { path: paths[input] ?? "", line, reasons, event };
    }
  }
}
