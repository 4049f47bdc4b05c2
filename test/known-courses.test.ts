import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeKeys } from "../src/engine/log/judge-rules.js";
import type { Party } from "../src/engine/log/key-judge.js";
import { joinedKeys, type KeysJudged, NO_KEYS } from "../src/engine/log/keys-judged.js";
import type { LogDraft, LogRule } from "../src/model/rule.js";
import type { Source } from "../src/model/source.js";
import type { ClauseId } from "../src/protocol/clauses/clauses.js";
import { RULES } from "../src/rules/index.js";
import { runs } from "./support/runs.js";
import { openStore } from "./support/stores.js";

const JUDGING_ORDER = RULES.filter(
  (rule): rule is LogRule<ClauseId> => rule.evidence === "log" && rule.judgesOrder === true,
);
const SOURCES = [...new Set(JUDGING_ORDER.map(({ source }) => source))];

interface Row {
  readonly key: number;
  readonly facts: number;
  readonly delivery: number;
  /** Undefined: an event without a time. */
  readonly seconds: number | undefined;
  readonly line: number;
}

/** Most have the facts of 0, 1, 2: the first statuses that a lifecycle names. */
const facts = fc.oneof(fc.nat(2), fc.nat(2), fc.nat(2), fc.nat(5), fc.nat(63));

/** Histories of few ways, so that one comes again: mostly in the order of time, at different times, delivered once. */
const logs = fc
  .record({
    ways: fc.array(fc.array(facts, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
    histories: fc.array(
      fc.record({
        way: fc.nat(5),
        steps: fc.array(fc.constantFrom(1, 1, 1, 1, 0, -2, undefined), { minLength: 4, maxLength: 4 }),
        isRedelivered: fc.constantFrom(false, false, false, true),
      }),
      { minLength: 2, maxLength: 40 },
    ),
  })
  .map(({ ways, histories }) =>
    histories.flatMap(({ way, steps, isRedelivered }, key): Row[] => {
      let now = 100;
      return (ways[way % ways.length] ?? []).map((own, index) => {
        const step = steps[index];
        now += step ?? 0;
        const delivery = isRedelivered ? key : 10 * key + index;
        const line = 10 * key + index;
        return { key, facts: own, delivery, seconds: step === undefined ? undefined : now, line };
      });
    }),
  );

interface Said {
  readonly keys: readonly KeysJudged[];
  readonly findings: readonly (readonly [rule: string, draft: LogDraft])[];
  readonly notes: ReadonlySet<string>;
}

/** What is kept of a row: a number, or the text of what an event says of a stage of its pipeline. */
function keptOf({ facts: most = 0, store }: Source, { facts: own, delivery }: Row): number | string {
  if (store === "columns") return delivery * most + (own % most);
  const [stage, order, name] = [own % 2, (own >> 1) % 3, own % 5];
  const said = order === 2 ? "" : order;
  return `2 ${said}\ns${stage}${name === 0 ? "" : `\nname ${name}`}`;
}

/** @param rules that name the source */
function judged(
  source: Source,
  rules: readonly LogRule<ClauseId>[],
  rows: readonly Row[],
  isComplete: boolean,
): Said {
  const store = openStore(source);
  for (const row of rows) {
    const { key, delivery, seconds, line } = row;
    const at = { input: 0, line };
    if (source.store === "values") store.add(`key ${key}`, keptOf(source, row), at, undefined, delivery);
    else if (seconds === undefined) store.add(`key ${key}`, keptOf(source, row), at);
    else store.add(`key ${key}`, keptOf(source, row), at, { seconds, fraction: 0 });
  }
  const findings: [string, LogDraft][] = [];
  const notes = new Set<string>();
  const parties = rules.map((rule): Party => {
    const note = (...words: readonly string[]): void => void notes.add([rule.id, ...words].join(" "));
    const never = (): never => {
      throw new Error(`${rule.id} must not say this of a key`);
    };
    return {
      rule,
      judging: {
        isComplete,
        claims: [],
        options: {},
        shownId: (id) => id,
        emit: (draft) => void findings.push([rule.id, draft]),
        meet: (clause) => note(clause),
        leaveOpen: (clause, reason) => note(clause, reason),
        leaveUnshown: (clause, reason) => note(clause, reason),
        limit: (clause, words) => note(clause, words),
        attest: never,
        refuseAttestation: never,
        listGraph: never,
        listCrosscut: never,
        listRuntime: never,
      },
    };
  });
  const steps = judgeKeys(source, parties, [], store);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return { keys: value, findings, notes };
  }
}

describe.each(
  SOURCES.map((source) => ({ source, rules: JUDGING_ORDER.filter((rule) => rule.source === source) })),
)("$rules.0.id and those that share its source", ({ source, rules }) => {
  it("find the same if each key is judged alone", () => {
    fc.assert(
      fc.property(logs, fc.boolean(), (log, isComplete) => {
        const together = judged(source, rules, log, isComplete);
        const keys = [...new Set(log.map(({ key }) => key))];
        const alone = keys.map((key) =>
          judged(
            source,
            rules,
            log.filter((row) => row.key === key),
            isComplete,
          ),
        );
        const texts = (all: Said["findings"]) => all.map((finding) => JSON.stringify(finding)).toSorted();
        expect(texts(together.findings)).toEqual(texts(alone.flatMap(({ findings }) => findings)));
        expect(together.notes).toEqual(new Set(alone.flatMap(({ notes }) => [...notes])));
        for (const [index, judgedKeys] of together.keys.entries()) {
          const own = alone.map(({ keys }) => keys[index] ?? NO_KEYS);
          expect(judgedKeys).toEqual(own.reduce(joinedKeys, NO_KEYS));
        }
      }),
      { numRuns: runs(1000) },
    );
  });

  it("judge one of many histories that go the same way", () => {
    const asked = new Map<string, number>();
    const counting = rules.map(
      (rule): LogRule<ClauseId> => ({
        ...rule,
        judge: (...args) => {
          asked.set(rule.id, (asked.get(rule.id) ?? 0) + 1);
          rule.judge?.(...args);
        },
      }),
    );
    // One event each: in a log that need not be complete, nobody finds anything. A stage of two is as good.
    const each = Math.max(...rules.map(({ atLeast = 1 }) => atLeast));
    const rows = Array.from({ length: 500 * each }, (_, line) => ({
      key: Math.floor(line / each),
      facts: 3 * (line % each),
      delivery: line,
      seconds: line,
      line,
    }));
    expect(judged(source, counting, rows, false).findings).toEqual([]);
    expect([...asked.values()]).toEqual(rules.map(() => 1));
  });
});

it("all rules about histories judge by the order; one asks how far updates are apart", () => {
  const others = RULES.filter(
    (rule) => rule.evidence === "log" && rule.source.facts !== undefined && rule.judgesOrder !== true,
  );
  expect(others.map(({ id }) => id)).toEqual(["file-update-debounced"]);
});

it("values make a course, if they have no times: equal ones for keys with the same values", () => {
  const store = openStore({ store: "values" });
  const texts = ["x", "x".repeat(1_000_000)];
  for (const [line, key] of ["a", "b"].entries())
    for (const [index, text] of texts.entries()) store.add(key, text, { input: 0, line: 10 * line + index });
  store.add("c", "x", { input: 0, line: 20 });
  store.add("d", "x", { input: 0, line: 21 }, { seconds: 1, fraction: 0 });
  const [a, b, c, d] = [...store.groups(1)].map((entry) => entry.course?.(1));
  expect(a).toHaveLength(4);
  expect(b).toBe(a);
  expect(c).toHaveLength(2);
  expect(d).toBeUndefined();
});
