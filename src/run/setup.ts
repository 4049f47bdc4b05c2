import { rulebookOf } from "../engine/block/rulebook.js";
import { LogState } from "../engine/log/log-state.js";
import type { LineSpool, OccurrenceSink, Where } from "../engine/passage.js";
import { Occurrences } from "../engine/report/occurrences.js";
import { Rejections } from "../engine/report/rejections.js";
import { DEFAULT_RECORD_LIMIT } from "../input/frame/blocks.js";
import type { Placing } from "../input/record/place.js";
import type { Unwrapping } from "../input/record/unwrapping.js";
import type { Wholes } from "../input/record/whole-text.js";
import { drawnFactors, KNOWN_FACTORS } from "../input/scan/factors.js";
import { CLAIM_NAMES } from "../model/claim.js";
import type { Discretion } from "../model/discretion.js";
import { NO_POLICY, type Policy } from "../model/policy.js";
import type { Position } from "../model/rule.js";
import { VERSION } from "../package/version.js";
import { Discreet } from "../privacy/discreet.js";
import { CLAUSES } from "../protocol/clauses/clauses.js";
import { RULES } from "../rules/index.js";
import { STATE_VERSION, type StateHeader } from "../state/run-state.js";
import { BlockQueue, defaultJobs, INLINE_BYTES, inlineBytesFor } from "./blocks/block-queue.js";
import {
  type BlockReader,
  type BlockReaderOptions,
  blockReaderFor,
  chartsFor,
  discretionFor,
  placingFor,
  unwrappingFor,
} from "./blocks/block-reader.js";
import { type CheckOptions, DEFAULT_MAX_FINDINGS, DEFAULT_MAX_STATE } from "./check-options.js";
import type { LoadedProtocol, ProtocolOptions } from "./protocol/load-protocol.js";

/** The parts of one run, made from its options before anything is read. */
export interface Setup {
  readonly protocol: LoadedProtocol;
  /** The properties that all states of one run must share. */
  readonly header: StateHeader;
  readonly policy: Policy;
  readonly discretion: Discretion;
  readonly placing: Placing & Wholes;
  readonly unwrapping: Unwrapping;
  /** Longer records, in bytes, are not read. */
  readonly recordLimit: number;
  /** Reads a block or a document in this thread. */
  readonly reader: BlockReader;
  /** Reads blocks in several threads. */
  readonly queue: BlockQueue;
  readonly log: LogState;
  /**
   * Keeps every occurrence; undefined unless somebody asks for them. `rejections` keeps the invalid integration
   * events.
   */
  readonly occurrences: Occurrences | undefined;
  readonly rejections: Rejections | undefined;
}

export function setUp(protocol: LoadedProtocol, options: CheckOptions): Setup {
  const { maxFindings = DEFAULT_MAX_FINDINGS, maxState = DEFAULT_MAX_STATE, policy = NO_POLICY } = options;
  const recordLimit = options.maxRecordBytes ?? DEFAULT_RECORD_LIMIT;
  const occurrences =
    options.onOccurrences === undefined ? undefined : new Occurrences(options.spool ?? memorySpool());
  const rejections =
    options.onRejected === undefined ? undefined : new Rejections(options.rejectedSpool ?? memorySpool());
  const reading = readingOptions(options, maxFindings);
  const reader = blockReaderFor(protocol.protocol, reading);
  const discretion = discretionFor(reading, protocol.protocol);
  const log: LogState = new LogState(
    rulebookOf(RULES, CLAUSES, reading.claims, chartsFor(reading)),
    { maxFindings, maxState, policy },
    { occurrences: tellingSink(options, occurrences, discretion, (at) => log.whereIs(at)), rejections },
  );
  return {
    protocol,
    header: {
      version: STATE_VERSION,
      tool: VERSION,
      protocol: protocol.digest,
      policy: policy.digest,
      maxFindings,
      maxRecordBytes: recordLimit,
      redact: reading.redact,
      unwrap: reading.unwrap,
    },
    policy,
    discretion,
    placing: placingFor(reading, protocol.protocol),
    unwrapping: unwrappingFor(reading.unwrap),
    recordLimit,
    reader,
    queue: queueFor(reader, reading, options),
    log,
    occurrences,
    rejections,
  };
}

function readingOptions(options: CheckOptions, maxFindings: number): BlockReaderOptions {
  const { claims = [], unwrap = "auto", redact = false, policy } = options;
  // A state must serve every claim: the run that judges it decides which claims are made.
  const isKept = options.stateIn !== undefined || isStateKept(options);
  return {
    claims: isKept ? CLAIM_NAMES : claims,
    activity: isKept || options.activity !== false,
    unwrap,
    redact,
    maxFindings,
    everyOccurrence: options.onOccurrences !== undefined || options.onFinding !== undefined,
    everyRejected: options.onRejected !== undefined,
    ...(policy?.valueKey !== undefined && { valueKey: policy.valueKey }),
    ...(policy?.dummies !== undefined && { dummies: policy.dummies }),
    // Digests in a state are compared with those of other runs, so the factors must be known.
    factors: isKept ? KNOWN_FACTORS : drawnFactors(),
  };
}

/** True if the run writes a state. */
export function isStateKept({ onState, dealing }: CheckOptions): boolean {
  return onState !== undefined || dealing !== undefined;
}

function queueFor(reader: BlockReader, reading: BlockReaderOptions, options: CheckOptions): BlockQueue {
  const { jobs = defaultJobs(), follow } = options;
  const { inlineBytes = options.jobs === undefined ? inlineBytesFor(jobs) : INLINE_BYTES } = options;
  const settings = { protocol: protocolOptions(options), reader: reading };
  return new BlockQueue(reader, settings, {
    jobs,
    inlineBytes,
    isOpenEnded: options.schemas !== undefined,
    // Who follows a log wants to know of a block before the next one comes.
    ...(follow !== undefined && { mostWaiting: 0 }),
  });
}

/** Passes findings to the listeners that report them at once, and to `keeper`, which keeps them. */
function tellingSink(
  { onFinding }: CheckOptions,
  keeper: Occurrences | undefined,
  discretion: Discretion,
  whereIs: (at: Position) => Where,
): OccurrenceSink | undefined {
  if (onFinding === undefined) return keeper;
  const discreet = new Discreet(discretion);
  return {
    write(position, occurrence) {
      keeper?.write(position, occurrence);
      const { isFamilyless: _own, quota: _quota, ...finding } = occurrence;
      onFinding(discreet.occurrence({ ...finding, ...whereIs(position) }));
    },
    writeLate: (late) => keeper?.writeLate(late),
  };
}

/** The options that choose the protocol files. */
function protocolOptions({ schemas, invariants, extraInvariants }: CheckOptions): ProtocolOptions {
  return {
    ...(schemas !== undefined && { schemas }),
    ...(invariants !== undefined && { invariants }),
    ...(extraInvariants !== undefined && { extraInvariants }),
  };
}

/** Keeps the lines of a spool in memory. */
function memorySpool(): LineSpool {
  const lines: string[] = [];
  return {
    append: (line) => void lines.push(line),
    async *lines() {
      yield* lines;
    },
  };
}
