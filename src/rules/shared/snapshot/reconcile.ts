import { type Change, COUNTED, type Counted } from "./counted.js";
import { hasUncounted, type Interval, isWindow, type Window } from "./snapshot-window.js";
import { difference, keyOf, NOTHING, type Sums, sumsOf, sumsOfChoices } from "./sums.js";

/** How the updates after a snapshot fit the next one, and a graph that never holds less than nothing. */
export interface Account {
  readonly stretch: Interval | Window;
  /** The counts for which no choice of sides makes the sums fit. */
  readonly misfits: readonly Counted[];
  /** The counts that fall below zero whatever is chosen, with the lowest value that the best choice leaves. */
  readonly belowZero: readonly BelowZero[];
  /** So many updates bear the instant of a snapshot that not every choice was tried, or some cannot be added up. */
  readonly isUndecided: boolean;
  /** The sums fit only if updates at the instant of the first or the last snapshot count in no window; said once. */
  readonly leavesOut: boolean;
}

type BelowZero = readonly [what: Counted, lowest: number];

/** The result for a stretch if the updates at the instant of its snapshot may add up to some sums after it. */
interface Outcome extends Pick<Account, "misfits" | "belowZero" | "isUndecided"> {
  /** What may be left for the next stretch; undefined where no choice fits. */
  readonly carried?: Sums;
}

const FITS = { misfits: [], belowZero: [], isUndecided: false } as const;

/**
 * Looks for a choice of sides, for the updates at the instants of snapshots, with which every window adds up and no
 * count falls below zero. What is counted before a snapshot is not counted after it.
 */
export function* accountsOf(stretches: Iterable<Interval | Window>): Generator<Account> {
  let free: Sums | undefined;
  // The same for choices that leave nothing outside all windows; undefined once that has failed.
  let inner: Sums | undefined;
  for (const stretch of stretches) {
    // A single snapshot has no window that an update could lie in.
    if (free === undefined && isWindow(stretch)) inner = sumsOf([stretch.atBefore.total]);
    free ??= choicesAt(stretch.atBefore);
    const outcome = outcomeOf(stretch, free);
    const isInner = inner !== undefined && outcome.carried !== undefined;
    const within = inner !== undefined && isInner ? outcomeOf(stretch, insideOf(stretch, inner)) : undefined;
    const isStuck = within !== undefined && within.carried === undefined;
    yield {
      stretch,
      ...outcome,
      isUndecided: outcome.isUndecided || (isStuck && within.isUndecided),
      leavesOut: isStuck && !within.isUndecided,
    };
    inner = within?.carried;
    free = outcome.carried ?? (isWindow(stretch) ? choicesAt(stretch.atAfter) : free);
  }
}

function choicesAt({ changes, total }: Interval["inside"]): Sums {
  return sumsOfChoices(changes, total);
}

/** Those sums that leave no update outside all windows; after the last snapshot, only the sum of no updates. */
function insideOf(stretch: Interval | Window, { byKey, isWhole }: Sums): Sums {
  if (isWindow(stretch)) return { byKey, isWhole };
  return sumsOf(byKey.has(keyOf(NOTHING)) ? [NOTHING] : [], isWhole);
}

function outcomeOf(stretch: Interval | Window, carried: Sums): Outcome {
  if (hasUncounted(stretch)) return { ...FITS, isUndecided: true };
  return isWindow(stretch) ? outcomeOfWindow(stretch, carried) : outcomeOfTail(stretch, carried);
}

function outcomeOfTail(tail: Interval, { byKey, isWhole }: Sums): Outcome {
  const sums = [...byKey.values()];
  if (sums.some((sum) => staysAboveZero(tail, sum))) return { ...FITS, carried: { byKey, isWhole } };
  return isWhole ? { ...FITS, belowZero: belowZeroIn(tail, sums) } : { ...FITS, isUndecided: true };
}

function outcomeOfWindow(window: Window, carried: Sums): Outcome {
  const choices = choicesAt(window.atAfter);
  const sums = [...carried.byKey.values()];
  const isWhole = carried.isWhole && choices.isWhole;
  const fitting = sums.filter((sum) => choices.byKey.has(keyOf(takenAfter(window, sum))));
  const possible = fitting.filter((sum) => staysAboveZero(window, sum));
  if (possible.length > 0) {
    const rest = possible.map((sum) => difference(window.atAfter.total, takenAfter(window, sum)));
    return { ...FITS, carried: sumsOf(rest, isWhole) };
  }
  if (!isWhole) return { ...FITS, isUndecided: true };
  if (fitting.length > 0) return { ...FITS, belowZero: belowZeroIn(window, fitting) };
  return { ...FITS, belowZero: lowestIn(window, sums), misfits: misfitsIn(window, sums, choices) };
}

/** What must have been counted at the instant of the later snapshot, before it. */
function takenAfter({ before, after, inside }: Window, sum: Change): Change {
  return difference(difference(difference(after, before), inside.total), sum);
}

function staysAboveZero(stretch: Interval, sum: Change): boolean {
  return COUNTED.every((what) => lowestOf(what, stretch, sum) >= 0);
}

/** How low a count comes to be, where so much is counted at the instant of the snapshot, after it. */
function lowestOf(what: Counted, { before, inside }: Interval, sum: Change): number {
  return before[what] + sum[what] + inside.lowest[what];
}

/** The counts that fall below zero with every sum; where each does with some only, those of the first. */
function belowZeroIn(stretch: Interval, sums: readonly Change[]): readonly BelowZero[] {
  const always = lowestIn(stretch, sums);
  return always.length > 0 ? always : lowestIn(stretch, sums.slice(0, 1));
}

function lowestIn(stretch: Interval, sums: readonly Change[]): readonly BelowZero[] {
  return COUNTED.map((what): BelowZero => {
    const lowest = sums.map((sum) => lowestOf(what, stretch, sum));
    return [what, lowest.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)];
  }).filter(([, lowest]) => lowest < 0);
}

/** The counts that no choice makes fit; both, where each can be made to fit, but not the two together. */
function misfitsIn(window: Window, sums: readonly Change[], choices: Sums): readonly Counted[] {
  const misfits = COUNTED.filter((what) => {
    const taken = new Set(Array.from(choices.byKey.values(), (choice) => choice[what]));
    return !sums.some((sum) => taken.has(takenAfter(window, sum)[what]));
  });
  return misfits.length > 0 ? misfits : COUNTED;
}
