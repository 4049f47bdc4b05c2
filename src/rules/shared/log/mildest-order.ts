import { indexIn } from "../source/columns.js";
import type { Complaint, Lifecycle } from "./lifecycle.js";

/**
 * Where a history stands: its last known status, and whether an event of an unknown status came after it. Two
 * numbers for each status and two for none, made and read by the functions below.
 */
export type State = number;

/** Where every history begins. */
export const BEGINNING: State = 0;

const stateAt = (status: number): State => 2 * (status + 1);
const statusIn = (state: State): number => (state >> 1) - 1;
const isDirectIn = (state: State): boolean => (state & 1) === 0;
const withUnknown = (state: State): State => state | 1;

/** A step that a lifecycle complains about, within the events of one instant or into them. */
interface ComplainedStep {
  readonly complaint: Complaint;
  /** The number of the status that the step goes to. */
  readonly to: number;
  /** The number of the previous status, if that has the same instant. */
  readonly from: number | undefined;
}

/** The mildest way through the events of one instant to one state after them. */
export interface Crossing {
  readonly to: State;
  readonly weight: number;
  /** The number of the last known status on the way; undefined where there is none. */
  readonly last: number | undefined;
  readonly steps: readonly ComplainedStep[];
}

/** How many events of each status share an instant, as far as that matters: two bits for each. */
export type StatusCounts = number;

export const NO_STATUSES: StatusCounts = 0;

const BITS = 2;

/**
 * More events of a status change nothing: repeats in a row are no steps, and no mildest order comes back to one
 * status more often. An unknown status may stand after two of another and after what was before.
 */
const KNOWN_AT_MOST = 2;
const UNKNOWN_AT_MOST = 3;

/** Weights add up like words of an alphabet: no number of lighter complaints in one instant outweighs a heavier one. */
const WEIGHT = { undecided: 1, contradiction: 1, SHOULD: 2 ** 10, MUST: 2 ** 20 };

/** The findings of a lifecycle for every order of events of equal instants. Results are cached. */
export class MildestOrder {
  readonly #lifecycle: Lifecycle;
  readonly #isComplete: boolean;
  readonly #unknown: number;
  /** By state and status. */
  readonly #complaints: readonly (Complaint | undefined)[];
  /** What is wrong with a history that ends in a state, by state. */
  readonly lastComplaints: readonly (Complaint | undefined)[];
  /** How much that weighs. */
  readonly lastWeights: readonly number[];
  readonly #crossings = new Map<number, readonly Crossing[]>();

  /** @param isComplete whether the log is declared complete: a missing event is then a violation */
  constructor(lifecycle: Lifecycle, isComplete: boolean) {
    this.#lifecycle = lifecycle;
    this.#isComplete = isComplete;
    this.#unknown = lifecycle.statuses.length;
    this.#complaints = this.#states().flatMap((state) =>
      lifecycle.statuses.map((_status, status) => this.#complaintOf(state, status)),
    );
    this.lastComplaints = this.#states().map((state) =>
      lifecycle.last?.(isDirectIn(state) ? lifecycle.statuses[statusIn(state)] : undefined),
    );
    this.lastWeights = this.lastComplaints.map((complaint) => this.weightOf(complaint));
  }

  /** The number of a status; that of all unknown ones is the number of statuses. */
  numberOf(status: string | undefined): number {
    return status === undefined ? this.#unknown : indexIn(this.#lifecycle.statuses, status);
  }

  /** The state after an event of a status. */
  next(state: State, status: number): State {
    return status === this.#unknown ? withUnknown(state) : stateAt(status);
  }

  /** What is wrong with an event of a status in a state. */
  complaint(state: State, status: number): Complaint | undefined {
    return status === this.#unknown ? undefined : this.#complaints[state * this.#unknown + status];
  }

  weightOf(complaint: Complaint | undefined): number {
    if (complaint === undefined) return 0;
    const { kind, level = "MUST" } = complaint;
    if (kind === "undecided" || (kind === "missing" && !this.#isComplete)) return WEIGHT.undecided;
    return WEIGHT[level] + (kind === "wrong" ? WEIGHT.contradiction : 0);
  }

  /** Counts this number of further events of a status. */
  counted(counts: StatusCounts, status: number, more: number): StatusCounts {
    const most = status === this.#unknown ? UNKNOWN_AT_MOST : KNOWN_AT_MOST;
    const count = countOf(counts, status);
    return counts + ((Math.min(count + more, most) - count) << (BITS * status));
  }

  /** The mildest ways from a state through events of one instant, one to each state that can follow. */
  through(from: State, counts: StatusCounts): readonly Crossing[] {
    const key = from * (1 << (BITS * (this.#unknown + 1))) + counts;
    let crossings = this.#crossings.get(key);
    if (crossings === undefined) {
      crossings = this.#search(from, counts);
      this.#crossings.set(key, crossings);
    }
    return crossings;
  }

  #states(): State[] {
    return Array.from({ length: stateAt(this.#unknown) }, (_none, state) => state);
  }

  #complaintOf(state: State, status: number): Complaint | undefined {
    const { statuses, first, step } = this.#lifecycle;
    const to = statuses[status];
    const from = statuses[statusIn(state)];
    if (to === undefined || from === to) return undefined;
    if (from === undefined) return isDirectIn(state) ? first?.(to) : undefined;
    return step(from, to, isDirectIn(state));
  }

  /**
   * The shortest ways over all pairs of a state and how many events of each status have been used up. Every event
   * uses one up, so in the order of those numbers each pair is complete before it is left.
   */
  #search(from: State, counts: StatusCounts): Crossing[] {
    const limits = Array.from({ length: this.#unknown + 1 }, (_none, status) => countOf(counts, status));
    const strides: number[] = [];
    let size = 1;
    for (const limit of limits) {
      strides.push(size);
      size *= limit + 1;
    }
    const states = stateAt(this.#unknown);
    const ways: (Way | undefined)[] = new Array(size * states);
    ways[from] = { state: from, weight: 0, status: undefined, before: undefined };
    const best: (Way | undefined)[] = [];
    for (let used = 0; used < size; used++) {
      const left = limits.map(
        (limit, status) => limit - (Math.floor(used / (strides[status] ?? 1)) % (limit + 1)),
      );
      const hasAll = left.every((count, status) => count < (limits[status] ?? 0) || limits[status] === 0);
      for (let state = 0; state < states; state++) {
        const way = ways[used * states + state];
        if (way === undefined) continue;
        if (hasAll && isLighter(way.weight, best[state])) best[state] = way;
        for (const [status, count] of left.entries()) {
          if (count === 0) continue;
          const next = this.next(way.state, status);
          const place = (used + (strides[status] ?? 0)) * states + next;
          const weight = way.weight + this.weightOf(this.complaint(way.state, status));
          if (isLighter(weight, ways[place])) ways[place] = { state: next, weight, status, before: way };
        }
      }
    }
    return best.flatMap((way) => (way === undefined ? [] : [this.#crossingOf(way)]));
  }

  #crossingOf(way: Way): Crossing {
    const known = (status: number | undefined): number | undefined =>
      status === this.#unknown ? undefined : status;
    const steps: ComplainedStep[] = [];
    let last: number | undefined;
    for (let at: Way | undefined = way; at?.status !== undefined; at = at.before) {
      last ??= known(at.status);
      const { before } = at;
      const complaint = before === undefined ? undefined : this.complaint(before.state, at.status);
      if (complaint !== undefined) steps.push({ complaint, to: at.status, from: lastKnown(before, known) });
    }
    return { to: way.state, weight: way.weight, last, steps: steps.reverse() };
  }
}

/** A way through some events of one instant: its last event, and the way before that. */
interface Way {
  readonly state: State;
  readonly weight: number;
  /** The number of the last event's status; undefined before the first. */
  readonly status: number | undefined;
  readonly before: Way | undefined;
}

/** Of equally light ways the first stays, which does not depend on the order of lines. */
function isLighter(weight: number, than: Way | undefined): boolean {
  return than === undefined || weight < than.weight;
}

function countOf(counts: StatusCounts, status: number): number {
  return (counts >> (BITS * status)) & (2 ** BITS - 1);
}

function lastKnown(
  way: Way | undefined,
  known: (status: number | undefined) => number | undefined,
): number | undefined {
  for (let at = way; at !== undefined; at = at.before) {
    const status = known(at.status);
    if (status !== undefined) return status;
  }
  return undefined;
}
