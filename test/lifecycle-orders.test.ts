import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Group } from "../src/model/group.js";
import type { Judging, LogDraft, LogRule, Observation } from "../src/model/rule.js";
import type { ClauseId } from "../src/protocol/clauses/clauses.js";
import { ciLifecycle } from "../src/rules/log/ci-lifecycle.js";
import { executionLifecycle } from "../src/rules/log/execution-lifecycle.js";
import { stageTransitionEvents } from "../src/rules/log/stage-transition-events.js";
import { stageTransitions } from "../src/rules/log/stage-transitions.js";
import { toolLifecycle } from "../src/rules/log/tool-lifecycle.js";
import { some } from "./support/long.js";
import { runs } from "./support/runs.js";

type LifecycleRule = LogRule<ClauseId>;
const RULES: readonly LifecycleRule[] = [
  stageTransitions,
  stageTransitionEvents,
  executionLifecycle,
  toolLifecycle,
  ciLifecycle,
];

/** The number of the unknown status, and that of the statuses with it. */
const UNKNOWN = 5;

/** Statuses by the moments in which they come. */
type Moments = readonly (readonly number[])[];

function historyOf(rule: LifecycleRule, moments: Moments): Observation<unknown>[] {
  let line = 0;
  return moments.flatMap((statuses, seconds) =>
    statuses.map((status) => ({
      value: rule.source.read?.(status, undefined),
      at: { input: 0, line: line++ },
      instant: { seconds, fraction: 0 },
    })),
  );
}

/** What a rule says of a history: its findings, notes of disorder aside, and what it leaves open. */
interface Said {
  readonly findings: readonly LogDraft<ClauseId>[];
  readonly open: readonly string[];
}

function said(rule: LifecycleRule, history: Group<unknown>, isComplete: boolean): Said {
  const findings: LogDraft<ClauseId>[] = [];
  const open: string[] = [];
  const judging: Judging<ClauseId> = {
    isComplete,
    claims: [],
    options: {},
    shownId: (id) => id,
    emit: (draft) => void (draft.level !== "NOTE" && findings.push(draft)),
    leaveOpen: (_clause, reason) => void open.push(reason),
    meet: () => undefined,
    leaveUnshown: () => undefined,
    limit: () => undefined,
    refuseAttestation: () => undefined,
    sum: () => undefined,
    attest: () => undefined,
    listGraph: () => undefined,
    listCrosscut: () => undefined,
    listRuntime: () => undefined,
  };
  rule.judge?.("key", history, judging);
  return { findings, open };
}

/** How bad a judgement is: findings at the clause's own level count first, then those below, then what is open. */
function badness({ findings, open }: Said): readonly number[] {
  const below = findings.filter(({ level }) => level !== undefined).length;
  return [findings.length - below, below, open.length];
}

function messages({ findings, open }: Said): readonly string[] {
  return [...findings.map(({ message, level = "" }) => `${message} ${level}`).sort(), ...[...open].sort()];
}

function* permutations(list: readonly number[]): Generator<readonly number[]> {
  if (list.length < 2) {
    yield list;
    return;
  }
  for (const [index, first] of list.entries())
    for (const rest of permutations(list.toSpliced(index, 1))) yield [first, ...rest];
}

function* orders([first, ...others]: Moments): Generator<readonly number[]> {
  if (first === undefined) {
    yield [];
    return;
  }
  for (const start of permutations(first)) for (const rest of orders(others)) yield [...start, ...rest];
}

/** All lists of so many statuses that differ in more than their order. */
function* multisets(size: number, least = 0): Generator<readonly number[]> {
  if (size === 0) yield [];
  else
    for (let first = least; first <= UNKNOWN; first++)
      for (const rest of multisets(size - 1, first)) yield [first, ...rest];
}

/** The least badness of all orders, each of them judged as a history in which nothing is tied. */
function leastBadness(rule: LifecycleRule, moments: Moments, isComplete: boolean): readonly number[] {
  let least: readonly number[] | undefined;
  for (const order of orders(moments)) {
    const own = badness(
      said(
        rule,
        historyOf(
          rule,
          order.map((status) => [status]),
        ),
        isComplete,
      ),
    );
    if (least === undefined || isLess(own, least)) least = own;
    if (least.every((number) => number === 0)) break;
  }
  return least ?? [];
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  const index = a.findIndex((number, place) => number !== b[place]);
  return index >= 0 && (a[index] ?? 0) < (b[index] ?? 0);
}

const statuses = fc.integer({ min: 0, max: UNKNOWN });

describe.each(RULES)("equal instants: $id", (rule) => {
  it("is judged by the mildest of all orders", () => {
    const small = fc
      .array(fc.array(statuses, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 3 })
      .filter((moments) => moments.flat().length <= 8);
    fc.assert(
      fc.property(small, fc.boolean(), (moments, isComplete) => {
        expect(badness(said(rule, historyOf(rule, moments), isComplete))).toEqual(
          leastBadness(rule, moments, isComplete),
        );
      }),
      { numRuns: runs(300) },
    );
  });

  it("comes back to one status as often as that helps", () => {
    const wrong: unknown[] = [];
    for (const tied of some("statuses at one instant", [...multisets(4)]))
      for (let first = 0; first <= UNKNOWN; first++)
        for (let last = 0; last <= UNKNOWN; last++) {
          const moments = [[first], tied, [last]];
          const own = badness(said(rule, historyOf(rule, moments), true));
          const least = leastBadness(rule, moments, true);
          if (String(own) !== String(least)) wrong.push({ moments, own, least });
        }
    expect(wrong).toEqual([]);
  });

  it("says the same of any order of lines", () => {
    const moments = fc.array(fc.array(statuses, { minLength: 1, maxLength: 12 }), { maxLength: 12 });
    fc.assert(
      fc.property(moments, fc.boolean(), fc.integer(), (before, isComplete, seed) => {
        const after = before.map(
          (list) =>
            fc.sample(fc.shuffledSubarray(list, { minLength: list.length }), { seed, numRuns: 1 })[0] ?? list,
        );
        expect(messages(said(rule, historyOf(rule, after), isComplete))).toEqual(
          messages(said(rule, historyOf(rule, before), isComplete)),
        );
        expect(rule.checks?.("", historyOf(rule, after))).toBe(rule.checks?.("", historyOf(rule, before)));
      }),
      { numRuns: runs(200) },
    );
  });
});

describe.each([stageTransitions, executionLifecycle])("very many events: $id", (rule) => {
  it("may share an instant", () => {
    const many = historyOf(rule, [Array.from({ length: 200_000 }, (_none, index) => index % 5)]);
    expect(said(rule, many, true).findings.length).toBeLessThan(8);
  });

  it("may come in instants of which each is undecided", () => {
    const pairs = Array.from({ length: 50_000 }, (_none, index) => [index % 5, (index * 2 + 1) % 5]);
    const { findings } = said(rule, historyOf(rule, pairs), false);
    expect(findings.length).toBeGreaterThan(25_000);
  });
});

describe("an event without a readable instant", () => {
  const at = (line: number) => ({ input: 0, line });
  const instant = { seconds: 1, fraction: 0 };
  const [running, completed] = [{ status: "running" }, { status: "completed" }];

  it("stands where the log has it", () => {
    const history = [
      { value: completed, at: at(0) },
      { value: running, at: at(1) },
    ];
    expect(said(stageTransitions, history, false).findings).toHaveLength(1);
  });

  it("is as undecided as the events around it that share an instant", () => {
    const history = [
      { value: running, at: at(0), instant },
      { value: completed, at: at(1) },
      { value: running, at: at(2), instant },
    ];
    expect(said(stageTransitions, history, false).findings).toEqual([]);
  });
});
