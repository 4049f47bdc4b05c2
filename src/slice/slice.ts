import { DEFAULT_RECORD_LIMIT } from "../input/frame/blocks.js";
import { STDIN } from "../input/open/open.js";
import { refuseUnlessText } from "../model/arguments.js";
import type { Finding } from "../model/finding.js";
import type { RunError } from "../model/report.js";
import type { ShownReport } from "../model/shown.js";
import { withoutSecrets } from "../privacy/mask.js";
import { refuseArguments } from "../run/arguments.js";
import { type ForcedKind, unwrappingFor } from "../run/blocks/block-reader.js";
import { check } from "../run/check.js";
import type { CheckOptions } from "../run/check-options.js";
import { candidatesFor } from "./candidates.js";
import { chosenFinding } from "./chosen-finding.js";
import { type Cover, hidden } from "./hide.js";
import { lineOf, type Piece } from "./piece.js";
import { reduced } from "./reduce.js";
import { SliceError } from "./slice-error.js";
import { MOST_CHECKS, MOST_TIME, SLICE_SHAPES, type SliceOptions } from "./slice-options.js";
import { smallest } from "./smallest.js";
import { type Sources, sourcesOf } from "./sources.js";
import { COVERS } from "./stand-ins.js";
import { type Bounds, type Setting, Trial } from "./trial.js";

/** The smallest log that was found to show a finding. */
export interface Slice {
  readonly finding: Finding;
  /** NDJSON: each line with its end. */
  readonly lines: readonly Uint8Array[];
  /** The number of records of the whole log. */
  readonly records: number;
  /** Documents that belong to it: without them, the finding is not there. */
  readonly documents: readonly string[];
  /** The kind that its records have to be read as, if they do not show it. */
  readonly kind?: ForcedKind;
  /** How often parts of the log were checked. */
  readonly checks: number;
  /** False if there were more parts to try than could be tried: there may be a smaller one. */
  readonly isSmallest: boolean;
  /** The parts of the whole log that could not be checked. */
  readonly errors: readonly RunError[];
}

/**
 * Cuts a log down to the fewest records, and their fewest members, that give one of its findings. Secrets and personal
 * data are covered. A part of a record goes only if the record has no other finding without it.
 *
 * @param paths files that can be read twice
 * @param wanted the fingerprint of the finding, a beginning of it, its rule or a clause of it
 * @returns the same for the same arguments, unless time ran out
 * @throws SliceError if there is no such finding, or no part of the log gives it
 * @throws the errors of `check`
 */
export async function sliceLog(
  paths: readonly string[],
  wanted: string,
  given: SliceOptions = {},
): Promise<Slice> {
  refuseArguments(paths, given, SLICE_SHAPES);
  refuseUnlessText("wanted", wanted);
  const { maxChecks = MOST_CHECKS, maxTime = MOST_TIME, ...options } = given;
  if (paths.includes(STDIN)) throw new SliceError("standard input can be read only once: name a file");
  const report = await check(paths, options);
  options.signal?.throwIfAborted();
  const finding = chosenFinding(report, wanted);
  const sources = await sourcesOf(paths, options);
  // What follows is quick.
  const { onProgress: _told, ...judging } = options;
  const slicing = new Slicing(finding, sources, judging, { checks: maxChecks, time: maxTime });
  return { ...(await slicing.slice()), finding, records: recordsOf(report), errors: report.errors };
}

function recordsOf({ inputs }: ShownReport): number {
  return inputs.reduce((sum, { records }) => sum + records, 0);
}

/** Pieces that give the finding, in a setting. */
interface Found {
  readonly pieces: readonly Piece[];
  readonly setting: Setting;
}

/**
 * Responsible for: the steps from a finding to the smallest pieces that give it.
 * May not: decide what a finding is, or write.
 */
class Slicing {
  readonly #finding: Finding;
  readonly #sources: Sources;
  readonly #options: CheckOptions;
  readonly #trial: Trial;

  constructor(finding: Finding, sources: Sources, options: CheckOptions, bounds: Bounds) {
    this.#finding = finding;
    this.#sources = sources;
    this.#options = options;
    this.#trial = new Trial(finding.fingerprint, options, bounds);
  }

  async slice(): Promise<Omit<Slice, "finding" | "records" | "errors">> {
    const { pieces, setting } = await this.#reduced(
      await this.#covered(await this.#fewest(await this.#found())),
    );
    const { documents, kind } = setting;
    return {
      lines: pieces.map(lineOf),
      documents,
      ...(kind !== undefined && { kind }),
      checks: this.#trial.checks,
      isSmallest: !this.#trial.isSpent,
    };
  }

  /** The first pieces that give the finding, before anything of them is left out. */
  async #found(): Promise<Found> {
    const { maxRecordBytes: limit = DEFAULT_RECORD_LIMIT, unwrap = "auto", signal } = this.#options;
    const reading = { limit, unwrapping: unwrappingFor(unwrap), signal };
    for await (const pieces of candidatesFor(this.#finding, this.#sources, reading))
      for (const setting of this.#settings())
        if (await this.#trial.gives(pieces, setting)) return { pieces, setting };
    throw this.#refusal("no part of the log that was tried has this finding by itself");
  }

  /** Documents take part only where the log alone does not give the finding. */
  *#settings(): Generator<Setting> {
    const { documents, logs } = this.#sources;
    const path = this.#finding.locations[0]?.path;
    const kind = logs.find((log) => withoutSecrets(log.path) === path)?.kind;
    for (const besides of documents.length === 0 ? [[]] : [[], documents]) {
      yield { documents: besides };
      if (kind !== undefined) yield { documents: besides, kind };
    }
  }

  /** A log of no records shows nothing, even if it lacks what has to be there: some document must show it then. */
  async #fewest({ pieces, setting }: Found): Promise<Found> {
    const { documents } = setting;
    const fewest = await smallest(
      pieces,
      async (some) =>
        (some.length > 0 || documents.length > 0) && (await this.#trial.stillGives(some, setting)),
    );
    if (fewest.length > 0) return { pieces: fewest, setting };
    const shown =
      documents.length === 0 ? "a log without records has it" : `hand on ${documents.join(", ")} as it is`;
    throw this.#refusal(`no record is needed for it: ${shown}`);
  }

  /** The same pieces with secrets and personal data covered, by the first cover that keeps the finding. */
  async #covered({ pieces, setting }: Found): Promise<Found & { readonly cover: Cover }> {
    for (const cover of COVERS) {
      const covered = pieces.map((piece) => hidden(piece, cover));
      if (await this.#trial.gives(covered, setting)) return { pieces: covered, setting, cover };
    }
    throw this.#refusal(
      "without the secret or the personal data the finding is gone, and slice never writes either",
    );
  }

  async #reduced({ pieces, setting, cover }: Found & { readonly cover: Cover }): Promise<Found> {
    const allowed = await this.#trial.findings(pieces, setting);
    const smaller = await reduced(pieces, (some) => this.#trial.stillGives(some, setting, allowed));
    // A removed member may have shown that another text is not a secret.
    const isCovered = smaller.every((piece) => hidden(piece, cover).text === piece.text);
    return { pieces: isCovered ? smaller : pieces, setting };
  }

  #refusal(why: string): SliceError {
    const { rule, message } = this.#finding;
    return new SliceError(withoutSecrets(`${rule} (${message}): ${why}`));
  }
}
