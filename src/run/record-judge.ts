import { decided } from "../engine/log/decided.js";
import { Treatments } from "../engine/log/treatments.js";
import type { BlockResult, RawOccurrence } from "../engine/passage.js";
import { lineBlock } from "../input/frame/blocks.js";
import { drawnFactors } from "../input/scan/factors.js";
import type { Occurrence } from "../model/finding.js";
import { NO_POLICY } from "../model/policy.js";
import { SharedLines } from "../model/shared-lines.js";
import type { Shown } from "../model/shown.js";
import { Discreet } from "../privacy/discreet.js";
import { type BlockReader, blockReaderFor, discretionFor } from "./blocks/block-reader.js";
import { completed, unhurried } from "./blocks/unhurried.js";
import type { CheckOptions } from "./check-options.js";
import { loadProtocol } from "./protocol/load-protocol.js";

/** Bytes of lines that are judged at a time, unless one line has more: 256 KiB. */
const PART = 1 << 18;
const LINE_FEED = 0x0a;

function* partsOf(lines: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < lines.length; ) {
    const end = lines.indexOf(LINE_FEED, from + PART) + 1;
    const to = end === 0 ? lines.length : end;
    yield lines.subarray(from, to);
    from = to;
  }
}

/**
 * Judges lines of a log as they come, before the log is whole: each by itself. Findings of rules that compare events
 * need the whole log.
 */
export class RecordJudge {
  readonly #path: string;
  readonly #reader: BlockReader;
  readonly #treatments: Treatments;
  readonly #discreet: Discreet;

  private constructor(path: string, reader: BlockReader, treatments: Treatments, discreet: Discreet) {
    this.#path = path;
    this.#reader = reader;
    this.#treatments = treatments;
    this.#discreet = discreet;
  }

  /**
   * A judge with the same options as a check of the log.
   *
   * @param path the name of the log in findings
   * @throws UnreadableFile, ProtocolError if `schemas` or `invariants` cannot be used
   */
  static async open(path: string, options: CheckOptions): Promise<RecordJudge> {
    const { claims = [], unwrap = "auto", redact = false, policy = NO_POLICY } = options;
    const { protocol } = await loadProtocol(options);
    const reader = blockReaderFor(protocol, {
      claims,
      unwrap,
      redact,
      maxFindings: 1,
      everyOccurrence: true,
      activity: false,
      ...(policy.dummies !== undefined && { dummies: policy.dummies }),
      factors: drawnFactors(),
    });
    const discreet = new Discreet(discretionFor({ redact }, protocol));
    return new RecordJudge(path, reader, new Treatments(policy, path), discreet);
  }

  /**
   * Judges whole lines in turns, so that others are not kept waiting, and a part at a time, since a few bytes may have
   * many findings.
   *
   * @returns findings in the order of the lines, which count from the first one given
   */
  async *judge(lines: Uint8Array): AsyncGenerator<readonly Shown<Occurrence>[]> {
    let before = 0;
    for (const part of partsOf(lines)) {
      const block = lineBlock(part);
      const found = this.#judged(await unhurried(this.#reader(block, undefined)));
      yield found.map((finding) => ({ ...finding, line: finding.line + before }));
      before += block.lines;
    }
  }

  /** Judges whole lines at once. */
  judgeNow(lines: Uint8Array): readonly Shown<Occurrence>[] {
    return this.#judged(completed(this.#reader(lineBlock(lines), undefined)));
  }

  #judged({ occurrences, shared: runs }: BlockResult): readonly Shown<Occurrence>[] {
    const shared = new SharedLines();
    for (const run of runs) shared.add(run);
    return occurrences.map((raw) => this.#shown(raw, shared));
  }

  #shown(raw: RawOccurrence, shared: SharedLines): Shown<Occurrence> {
    const { isFamilyless: _own, quota: _quota, line: place, ...finding } = decided(raw, this.#treatments);
    const record = shared.recordOf(place);
    return this.#discreet.occurrence({
      ...finding,
      path: this.#path,
      line: shared.lineOf(place) + 1,
      ...(record !== undefined && { record }),
    });
  }
}
