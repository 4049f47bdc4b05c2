import { safeJson } from "../../model/printable.js";
import type { Rejected } from "../../model/rejected.js";
import type { Position } from "../../model/rule.js";
import type { LineSpool, RawRejected, RejectionSink, Where } from "../passage.js";

/**
 * The invalid integration events of a run, in log order. They are spooled as they come and read once, after the run.
 */
export class Rejections implements RejectionSink {
  readonly #spool: LineSpool;

  constructor(spool: LineSpool) {
    this.#spool = spool;
  }

  write(position: Position, event: RawRejected): void {
    this.#spool.append(safeJson([position, event]));
  }

  /**
   * All invalid integration events.
   *
   * @param replaced inputs in which one finding about the file replaces those about its events without a family
   */
  async *finished(whereIs: (at: Position) => Where, replaced: ReadonlySet<number>): AsyncGenerator<Rejected> {
    for await (const text of this.#spool.lines()) {
      const [position, { isFamilyless, reasons, event }] = JSON.parse(text) as [Position, RawRejected];
      if (!(isFamilyless && replaced.has(position.input))) yield { ...whereIs(position), reasons, event };
    }
  }
}
