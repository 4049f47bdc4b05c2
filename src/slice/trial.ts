import { createHash } from "node:crypto";
import { STDIN } from "../input/open/open.js";
import type { ForcedKind } from "../run/blocks/block-reader.js";
import { check } from "../run/check.js";
import type { CheckOptions } from "../run/check-options.js";
import { lineOf, type Piece } from "./piece.js";

/** What is checked besides the pieces, and how they are read. */
export interface Setting {
  /** Documents that are evidence as a whole. */
  readonly documents: readonly string[];
  /** The kind that the pieces are read as; default: each shows its own. */
  readonly kind?: ForcedKind;
}

/** How long fewer and fewer pieces are tried. */
export interface Bounds {
  /** The number of checks. */
  readonly checks: number;
  /** In milliseconds. */
  readonly time: number;
}

/**
 * Responsible for: checking pieces of a log in memory, and counting how often.
 * May not: choose pieces.
 */
export class Trial {
  /** Identifies the finding. */
  readonly fingerprint: string;
  readonly #options: CheckOptions;
  readonly #bounds: Bounds;
  readonly #until: number;
  readonly #known = new Map<string, ReadonlySet<string>>();
  checks = 0;
  /** True once fewer pieces were to be tried, and there was no time for it. */
  isSpent = false;

  constructor(fingerprint: string, options: CheckOptions, bounds: Bounds) {
    this.fingerprint = fingerprint;
    this.#options = options;
    this.#bounds = bounds;
    this.#until = Date.now() + bounds.time;
  }

  /** True if a check of the pieces has the finding. This check is made whatever the bounds. */
  async gives(pieces: readonly Piece[], setting: Setting): Promise<boolean> {
    return (await this.findings(pieces, setting)).has(this.fingerprint);
  }

  /**
   * True if a check of fewer pieces has the finding, and otherwise only findings of `others`; false if there was no
   * time.
   *
   * @param others default: any
   */
  async stillGives(
    pieces: readonly Piece[],
    setting: Setting,
    others?: ReadonlySet<string>,
  ): Promise<boolean> {
    if (this.checks >= this.#bounds.checks || Date.now() >= this.#until) this.isSpent = true;
    if (this.isSpent) return false;
    const found = await this.findings(pieces, setting);
    return (
      found.has(this.fingerprint) && (others === undefined || [...found].every((each) => others.has(each)))
    );
  }

  /** The fingerprints of all findings of the pieces. */
  async findings(pieces: readonly Piece[], setting: Setting): Promise<ReadonlySet<string>> {
    const lines = Buffer.concat(pieces.map(lineOf));
    const key = createHash("sha256").update(JSON.stringify(setting)).update(lines).digest("base64");
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#options.signal?.throwIfAborted();
    this.checks++;
    const found = await this.#check(lines, setting);
    this.#known.set(key, found);
    return found;
  }

  async #check(lines: Uint8Array, { documents, kind }: Setting): Promise<ReadonlySet<string>> {
    const { findings } = await check([STDIN, ...documents], {
      ...this.#options,
      kinds: { ...this.#options.kinds, ...(kind !== undefined && { [STDIN]: kind }) },
      stdin: chunk(lines),
      // The bytes are read as the file is that they become.
      stdinName: "slice.ndjson",
      maxFindings: 1,
      jobs: 1,
    });
    return new Set(findings.map(({ fingerprint }) => fingerprint));
  }
}

async function* chunk(lines: Uint8Array): AsyncGenerator<Uint8Array> {
  yield lines;
}
