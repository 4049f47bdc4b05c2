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
   * A judge that goes by the same options as a check of the log.
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
      ...(policy.dummies !== undefined && { dummies: policy.dummies }),
      factors: drawnFactors(),
    });
    const discreet = new Discreet(discretionFor({ redact }, protocol));
    return new RecordJudge(path, reader, new Treatments(policy, path), discreet);
  }

  /**
   * Judges whole lines in turns, so that others are not kept waiting.
   *
   * @returns findings in the order of the lines, which count from the first one given
   */
  async judge(lines: Uint8Array): Promise<readonly Shown<Occurrence>[]> {
    return this.#judged(await unhurried(this.#reader(lineBlock(lines), undefined)));
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
