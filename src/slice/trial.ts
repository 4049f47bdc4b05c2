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

export interface Bounds {
  /** The number of checks that may be made. */
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
  readonly #left: { checks: number; readonly until: number };
  readonly #known = new Map<string, ReadonlySet<string>>();
  checks = 0;
  /** True once a check was wanted for which there was no time. */
  isSpent = false;

  constructor(fingerprint: string, options: CheckOptions, { checks, time }: Bounds) {
    this.fingerprint = fingerprint;
    this.#options = options;
    this.#left = { checks, until: Date.now() + time };
  }

  /** True if a check of the pieces has the finding; false too if it was not made, since there was no time. */
  async gives(pieces: readonly Piece[], setting: Setting): Promise<boolean> {
    return (await this.findings(pieces, setting)).has(this.fingerprint);
  }

  /** The fingerprints of all findings of the pieces; none if there was no time for the check. */
  async findings(pieces: readonly Piece[], setting: Setting): Promise<ReadonlySet<string>> {
    const lines = Buffer.concat(pieces.map(lineOf));
    const key = createHash("sha256").update(JSON.stringify(setting)).update(lines).digest("base64");
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#options.signal?.throwIfAborted();
    if (this.checks >= this.#left.checks || Date.now() >= this.#left.until) {
      this.isSpent = true;
      return new Set();
    }
    this.checks++;
    const found = await this.#check(lines, setting);
    this.#known.set(key, found);
    return found;
  }

  async #check(lines: Uint8Array, { documents, kind }: Setting): Promise<ReadonlySet<string>> {
    const { findings } = await check([STDIN, ...documents], {
      ...this.#options,
      // The bytes are a log, whatever they look like.
      kinds: { ...this.#options.kinds, [STDIN]: kind ?? "event-log" },
      stdin: chunk(lines),
      maxFindings: 1,
      jobs: 1,
    });
    return new Set(findings.map(({ fingerprint }) => fingerprint));
  }
}

async function* chunk(lines: Uint8Array): AsyncGenerator<Uint8Array> {
  yield lines;
}
