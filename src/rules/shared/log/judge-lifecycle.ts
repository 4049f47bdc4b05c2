import type { Group } from "../../../model/group.js";
import type { Instant, Judging, LogDraft, Observation } from "../../../model/rule.js";
import type { ClauseId } from "../../../protocol/clauses/clauses.js";
import type { Complaint, Lifecycle, Statused } from "./lifecycle.js";
import {
  BEGINNING,
  type Crossing,
  MildestOrder,
  NO_STATUSES,
  type State,
  type StatusCounts,
} from "./mildest-order.js";
import { sayLost, sayMissing } from "./missing.js";
import { isSameInstant } from "./order.js";

/** Judges a history, which is in causal order. */
export type JudgeHistory = (history: Group<Statused>, judging: Judging<ClauseId>) => void;

/**
 * Judges histories by a lifecycle. The order of equal instants is unknown (IS 13.2): the order with the mildest
 * complaints counts.
 *
 * The states that events of one instant can lead to are followed side by side, each with the mildest way to it;
 * so the time does not depend on how many events share an instant.
 */
export function judgeBy<Value extends Statused>(lifecycle: Lifecycle<Value>): JudgeHistory {
  const orders: Partial<Record<"complete" | "partial", MildestOrder>> = {};
  return (history, judging) => {
    const name = judging.isComplete ? "complete" : "partial";
    orders[name] ??= new MildestOrder(lifecycle, judging.isComplete);
    const order = orders[name];
    const walk = new Walk(lifecycle, order, judging);
    const clock = new Clock(history);
    let moment: Moment | undefined;
    let index = 0;
    for (const entry of history) {
      const isTied = clock.isTied(entry, index++);
      const status = order.numberOf(entry.value.status);
      if (moment !== undefined && isTied) {
        moment = joined(moment, status, entry, order);
        continue;
      }
      if (moment !== undefined) walk.take(moment);
      moment = { status, first: entry, last: entry, count: 1 };
    }
    if (moment !== undefined) walk.take(moment);
    walk.end();
  };
}

/**
 * Finds the events of a history that have no order among them. An event without a readable instant keeps its place in
 * the log. If the events before and after it share an instant, it gets that instant too.
 */
class Clock {
  readonly #history: Group<Statused>;
  #instant: Instant | undefined;
  /** How many events of that instant there have been. */
  #dated = 0;
  /** The next event with an instant, where it was looked up. */
  #next = -1;

  constructor(history: Group<Statused>) {
    this.#history = history;
  }

  /** True if the next entry in causal order has the instant of the one before it. */
  isTied({ instant }: Observation<Statused>, index: number): boolean {
    if (instant === undefined) return this.#dated > 1 || (this.#dated > 0 && this.#goesOn(index));
    const isTied = this.#instant !== undefined && isSameInstant(instant, this.#instant);
    this.#instant = instant;
    this.#dated = isTied ? this.#dated + 1 : 1;
    return isTied;
  }

  /** True if events after those without an instant have that of those before. */
  #goesOn(index: number): boolean {
    while (this.#next <= index || this.#history.at(this.#next)?.instant === undefined) {
      this.#next = Math.max(this.#next, index) + 1;
      if (this.#next >= this.#history.length) break;
    }
    const next = this.#history.at(this.#next)?.instant;
    return next !== undefined && this.#instant !== undefined && isSameInstant(next, this.#instant);
  }
}

/** Events of one instant that have one status. */
interface Plain {
  readonly status: number;
  readonly first: Observation<Statused>;
  last: Observation<Statused>;
  count: number;
}

/** Events of one instant that have several: of each, by its number, the first and the last. */
interface Mixed {
  statuses: StatusCounts;
  readonly first: (Observation<Statused> | undefined)[];
  readonly last: (Observation<Statused> | undefined)[];
}

type Moment = Plain | Mixed;

function joined(moment: Moment, status: number, entry: Observation<Statused>, order: MildestOrder): Moment {
  if (!("statuses" in moment)) {
    if (status !== moment.status) return joined(mixedOf(moment, order), status, entry, order);
    moment.last = entry;
    moment.count++;
    return moment;
  }
  moment.statuses = order.counted(moment.statuses, status, 1);
  moment.first[status] ??= entry;
  moment.last[status] = entry;
  return moment;
}

function mixedOf({ status, first, last, count }: Plain, order: MildestOrder): Mixed {
  const mixed: Mixed = { statuses: order.counted(NO_STATUSES, status, count), first: [], last: [] };
  mixed.first[status] = first;
  mixed.last[status] = last;
  return mixed;
}

/** The mildest way to a state. */
interface Path {
  state: State;
  /** Beyond that of the mildest path. */
  weight: number;
  /** The last event of a known status. */
  last: Observation<Statused> | undefined;
  /** The findings to report if this path is the mildest one, the last finding first. */
  found: Found | undefined;
}

interface Found {
  readonly complaint: Complaint;
  readonly later: Observation<Statused>;
  readonly earlier: Observation<Statused> | undefined;
  readonly before: Found | undefined;
}

/** One history on its way. */
class Walk {
  readonly #lifecycle: Lifecycle;
  readonly #order: MildestOrder;
  readonly #judging: Judging<ClauseId>;
  #paths: readonly Path[] = [{ state: BEGINNING, weight: 0, last: undefined, found: undefined }];

  constructor(lifecycle: Lifecycle, order: MildestOrder, judging: Judging<ClauseId>) {
    this.#lifecycle = lifecycle;
    this.#order = order;
    this.#judging = judging;
  }

  take(moment: Moment): void {
    if ("statuses" in moment) {
      const { statuses } = moment;
      this.#follow((path) =>
        this.#order.through(path.state, statuses).map((crossing) => crossed(path, crossing, moment)),
      );
      return;
    }
    const [only, ...others] = this.#paths;
    if (others.length > 0 || only === undefined)
      this.#follow((path) => [this.#advanced({ ...path }, moment)]);
    else this.#settle(this.#advanced(only, moment));
  }

  /** Says what is wrong with the mildest path to the end. */
  end(): void {
    let [mildest] = this.#paths;
    if (mildest === undefined) return;
    // Of equally mild ends the one whose status is named last, as lifecycles name them in their order.
    for (const path of this.#paths) {
      const difference = this.#endWeight(path) - this.#endWeight(mildest);
      if (difference < 0 || (difference === 0 && path.state > mildest.state)) mildest = path;
    }
    this.#settle(mildest);
    const complaint = this.#order.lastComplaints[mildest.state];
    const { last } = mildest;
    if (complaint !== undefined && last !== undefined)
      this.#say({ complaint, later: last, earlier: undefined, before: undefined });
    else if (complaint !== undefined) this.#judging.leaveOpen(this.#lifecycle.clause, complaint.message);
  }

  #endWeight({ state, weight }: Path): number {
    return weight + (this.#order.lastWeights[state] ?? 0);
  }

  /** A path with one more status, which all events of a moment have. */
  #advanced(path: Path, { status, first, last }: Plain): Path {
    const complaint = this.#order.complaint(path.state, status);
    if (complaint !== undefined) {
      path.weight += this.#order.weightOf(complaint);
      path.found = { complaint, later: first, earlier: path.last, before: path.found };
    }
    path.state = this.#order.next(path.state, status);
    if (status < this.#lifecycle.statuses.length) path.last = last;
    return path;
  }

  /** Goes on along every path; of those that come to one state the mildest stays. */
  #follow(onward: (path: Path) => Path[]): void {
    // Of equally mild paths to one state that stays which had less to complain of before.
    const [first, ...others] = this.#paths.toSorted((a, b) => a.weight - b.weight).map(onward);
    if (first === undefined) return;
    for (const further of others) for (const path of further) keepMildest(first, path);
    this.#paths = first;
    const [only, another] = first;
    if (only !== undefined && another === undefined) this.#settle(only);
    else if (others.length > 0) lighten(first);
  }

  /** Says what was found on the one path that is left. */
  #settle(path: Path): void {
    for (let { found } = path; found !== undefined; found = found.before) this.#say(found);
    path.weight = 0;
    path.found = undefined;
  }

  #say({ complaint, later, earlier }: Found): void {
    const { clause, pointerOf } = this.#lifecycle;
    const { kind, message, hint, level } = complaint;
    const draft: LogDraft<ClauseId> = {
      at: later.at,
      ...(earlier !== undefined && { related: [earlier.at] }),
      message,
      pointer: pointerOf(later),
      ...(hint !== undefined && { hint }),
      ...(level !== undefined && { level }),
    };
    if (kind === "wrong") this.#judging.emit(draft);
    else if (kind === "lost") sayLost(clause, draft, this.#judging);
    else if (kind === "missing") sayMissing(clause, draft, this.#judging);
    else this.#judging.leaveOpen(clause, message);
  }
}

/** A path after events of one instant, in the mildest order. */
function crossed(path: Path, { to, weight, last, steps }: Crossing, { first, last: lasts }: Mixed): Path {
  let { found } = path;
  for (const { complaint, to: status, from } of steps) {
    const later = first[status];
    if (later === undefined) throw new RangeError(`no event has status ${status}`);
    found = { complaint, later, earlier: from === undefined ? path.last : lasts[from], before: found };
  }
  return {
    state: to,
    weight: path.weight + weight,
    last: last === undefined ? path.last : lasts[last],
    found,
  };
}

/** Puts a path among others, of which each leads to another state. */
function keepMildest(paths: Path[], path: Path): void {
  const index = paths.findIndex(({ state }) => state === path.state);
  const known = paths[index];
  if (known === undefined) paths.push(path);
  else if (path.weight < known.weight) paths[index] = path;
}

/**
 * Subtracts from each weight the part that all weights share: sums over many moments would outgrow the weights' ranks.
 */
function lighten(paths: readonly Path[]): void {
  const least = Math.min(...paths.map(({ weight }) => weight));
  for (const path of paths) path.weight -= least;
}
