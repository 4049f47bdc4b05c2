import type { Occurrence } from "../model/finding.js";
import type { Shown, ShownReport } from "../model/shown.js";
import { refuseCheckOptions } from "../run/arguments.js";
import { RecordJudge } from "../run/record-judge.js";
import { checkEvents, EVENT_SHAPES, type EventOptions } from "./check-events.js";
import { lineFor } from "./event-lines.js";

/** Takes the events of a runtime one by one. It keeps their lines in memory. */
export interface Sink {
  /** The number of events so far. */
  readonly size: number;
  /**
   * Takes an event as it is now: an object, or its line.
   *
   * @returns the findings about this event; `line` is its line in the log, from 1
   * @throws ArgumentError if it is no event
   */
  emit(event: unknown): readonly Shown<Occurrence>[];
  /** The report on all events so far, with what only the whole log shows. More events may follow. */
  report(): Promise<ShownReport>;
}

/**
 * Makes a sink: hand it to a runtime in place of its log.
 *
 * @param options those of `checkEvents`
 * @throws ArgumentError, UnreadableFile, ProtocolError
 */
export async function createSink(options: EventOptions = {}): Promise<Sink> {
  refuseCheckOptions(options, EVENT_SHAPES);
  const judge = await RecordJudge.open(options.name ?? "events", options);
  return new KeepingSink(judge, options);
}

class KeepingSink implements Sink {
  readonly #judge: RecordJudge;
  readonly #options: EventOptions;
  readonly #events: Buffer[] = [];
  #lineCount = 0;

  constructor(judge: RecordJudge, options: EventOptions) {
    this.#judge = judge;
    this.#options = options;
  }

  get size(): number {
    return this.#events.length;
  }

  emit(event: unknown): readonly Shown<Occurrence>[] {
    const text = lineFor(event, this.size + 1);
    const before = this.#lineCount;
    this.#events.push(text);
    // A text may have several lines.
    this.#lineCount += text.toString("latin1").split("\n").length - 1;
    return this.#judge.judgeNow(text).map((finding) => ({ ...finding, line: finding.line + before }));
  }

  report(): Promise<ShownReport> {
    return checkEvents([...this.#events], this.#options);
  }
}
