import { compareInstants, type Instant } from "./instants.js";

/** How bad a step is: legal, a SHOULD or a MUST. */
export type Badness = 0 | 1 | 2;

/** What is known of the log that a thing is in. */
export interface Known {
  /** True if the log is declared to be that of a whole run. */
  readonly isComplete: boolean;
  /** True if every record could be judged: only then is an event that is not there missing. */
  readonly isJudged: boolean;
  /** True if an event between two others may have had any status. */
  readonly mayHaveChanged?: boolean;
}

/** One clause about the statuses of one thing: what it says of a first status, of a step and of a last status. */
export interface Lifecycle {
  readonly clause: string;
  first(status: string, known: Known): Badness;
  step(from: string, to: string, known: Known): Badness;
  last(status: string, known: Known): Badness;
}

/** A status that a thing had at an instant. */
export interface Moment {
  readonly status: string;
  readonly at: Instant;
}

const OPEN = ["pending", "running"];
const isOpen = (status: string): boolean => OPEN.includes(status);
const hasRun = (status: string): boolean => status === "completed" || status === "failed";

const legal = (): Badness => 0;

/** Which stages may follow each other (RG-4.3-2). */
const stageSteps: Lifecycle = {
  clause: "RG-4.3-2",
  first: legal,
  last: legal,
  step: (from, to, { mayHaveChanged }) => {
    if (from === to || from === "pending") return 0;
    if (from === "running") return to === "pending" ? 1 : 0;
    if (from !== "failed") return 2;
    // The status in between may be the running of a retry.
    return mayHaveChanged === true ? 0 : 1;
  },
};

/** No status of a stage is left out (RG-7.1-3). */
const stageEvents: Lifecycle = {
  clause: "RG-7.1-3",
  first: (status, { isComplete, isJudged }) => (isComplete && isJudged && hasRun(status) ? 2 : 0),
  step: (from, to, { isJudged }) => (isJudged && from === "pending" && hasRun(to) ? 2 : 0),
  last: (status, { isComplete, isJudged }) => (isComplete && isJudged && isOpen(status) ? 2 : 0),
};

/** Pending, running, and one end (PS-7.3-2, IS-3.1-1, IS-3.4-1); what never ran may fail or be cancelled. */
const run = (clause: string, isEndAsked: boolean): Lifecycle => ({
  clause,
  first: legal,
  last: (status, { isComplete, isJudged }) =>
    isEndAsked && isComplete && isJudged && isOpen(status) ? 1 : 0,
  step: (from, to, { isJudged }) => {
    if (from === to) return 0;
    if (from === "pending") return isJudged && (to === "completed" || to === "succeeded") ? 1 : 0;
    return from === "running" && to !== "pending" ? 0 : 1;
  },
});

/** The clauses about the things that have a lifecycle. */
export const LIFECYCLES = {
  stage: [stageSteps, stageEvents],
  execution: [run("PS-7.3-2", true)],
  tool: [run("IS-3.1-1", true)],
  ci: [run("IS-3.4-1", false)],
} as const;

function* orders(list: readonly string[]): Iterable<readonly string[]> {
  if (list.length < 2) yield list;
  else
    for (const first of new Set(list)) {
      const at = list.indexOf(first);
      for (const rest of orders([...list.slice(0, at), ...list.slice(at + 1)])) yield [first, ...rest];
    }
}

function byInstant(moments: readonly Moment[]): readonly (readonly string[])[] {
  const sorted = [...moments].sort((one, other) => compareInstants(one.at, other.at));
  const groups: string[][] = [];
  for (const [index, { at, status }] of sorted.entries()) {
    const before = sorted[index - 1];
    if (before !== undefined && compareInstants(before.at, at) === 0) groups.at(-1)?.push(status);
    else groups.push([status]);
  }
  return groups;
}

/** More events of one instant than these have too many orders to try. */
const MOST = 6;

/**
 * How bad a course is in the best order of its events: that of equal instants is unknown (IS-13.2).
 *
 * @returns undefined if too many events are of one instant
 */
export function badnessOf(
  { first, step, last }: Lifecycle,
  moments: readonly Moment[],
  known: Known,
): Badness | undefined {
  let ends = new Map<string | undefined, Badness>([[undefined, 0]]);
  for (const group of byInstant(moments)) {
    if (group.length > MOST) return undefined;
    const next = new Map<string | undefined, Badness>();
    for (const order of orders(group))
      for (const [end, badness] of ends) {
        let [from, worst] = [end, badness];
        for (const to of order) {
          const here = from === undefined ? first(to, known) : step(from, to, known);
          [from, worst] = [to, Math.max(worst, here) as Badness];
        }
        next.set(from, Math.min(worst, next.get(from) ?? 2) as Badness);
      }
    ends = next;
  }
  const all = [...ends].map(([end, badness]) => Math.max(badness, last(end ?? "", known)));
  return Math.min(...all) as Badness;
}
