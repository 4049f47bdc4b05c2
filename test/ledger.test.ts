import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clauseTallyOf,
  comparePositions,
  countOccurrences,
  emptyLedger,
  groupFor,
  type Ledger,
} from "../src/engine/ledger.js";
import { mergeLedger } from "../src/engine/merge-ledger.js";
import type { Clause, FindingLevel } from "../src/model/clause.js";
import type { Position } from "../src/model/rule.js";
import { runs } from "./support/runs.js";

const CLAUSES: ReadonlyMap<string, Clause> = new Map(
  (["MUST", "SHOULD"] as const).map((level) => [
    level,
    {
      id: level,
      document: "PS",
      section: "1",
      sectionTitle: "",
      title: "",
      level,
      basis: "stated",
      evidence: "event",
      text: "",
    },
  ]),
);

/** One finding, or one check that a clause passed, at a place of the log. */
interface Entry {
  readonly at: Position;
  readonly clause: "MUST" | "SHOULD";
  readonly finding?: {
    readonly rule: string;
    readonly level: FindingLevel;
    readonly message: string;
    readonly hint?: string;
    readonly pointer: string;
  };
}

/** The ledger of a stretch of the log, as the engine fills it in. */
function ledgerOf(entries: readonly Entry[], cap: number): Ledger {
  const ledger = emptyLedger();
  for (const { at, clause, finding } of entries) {
    const tally = clauseTallyOf(ledger, clause);
    tally.checked++;
    if (finding === undefined) {
      tally.witness ??= at;
      continue;
    }
    const { pointer, ...identity } = finding;
    const group = groupFor(ledger, { ...identity, clauses: [clause], shape: "/*" });
    countOccurrences(ledger, group, 1, CLAUSES);
    if (group.locations.length >= cap) continue;
    group.locations.push({ at, pointer });
    group.related.push([{ at, pointer: `related to ${pointer}` }]);
  }
  return ledger;
}

function merged(parts: readonly Ledger[], cap: number): Ledger {
  const into = emptyLedger();
  for (const part of parts) mergeLedger(into, part, cap);
  return into;
}

const entry: fc.Arbitrary<Omit<Entry, "at">> = fc.record(
  {
    clause: fc.constantFrom("MUST", "SHOULD"),
    finding: fc.record(
      {
        rule: fc.constantFrom("a", "b"),
        level: fc.constantFrom("MUST", "SHOULD", "NOTE"),
        message: fc.constantFrom("m", "n"),
        hint: fc.constantFrom("h", "i"),
        pointer: fc.nat(1000).map((index) => `/${index}`),
      },
      { requiredKeys: ["rule", "level", "message", "pointer"] },
    ),
  },
  { requiredKeys: ["clause"] },
);

/** Entries in log order: several may stand on one line, and several inputs make one log. */
const log: fc.Arbitrary<Entry[]> = fc
  .array(fc.tuple(entry, fc.constantFrom("same line", "next line", "next line", "next input")), {
    maxLength: 60,
  })
  .map((list) => {
    let at: Position = { input: 0, line: 0 };
    return list.map(([rest, step]) => {
      if (step === "next line") at = { ...at, line: at.line + 1 };
      if (step === "next input") at = { input: at.input + 1, line: 0 };
      return { ...rest, at };
    });
  });

function cutAt(entries: readonly Entry[], cuts: readonly number[]): Entry[][] {
  const places = cuts.map((cut) => cut % (entries.length + 1)).sort((a, b) => a - b);
  return [...places, entries.length].map((end, index) => entries.slice(places[index - 1] ?? 0, end));
}

const caps = fc.constantFrom(1, 2, 5, 100);

describe("mergeLedger", () => {
  it("gives the ledger of the whole log for any parts of it", () => {
    fc.assert(
      fc.property(log, fc.array(fc.nat(100), { maxLength: 5 }), caps, (entries, cuts, cap) => {
        const parts = cutAt(entries, cuts).map((part) => ledgerOf(part, cap));
        const whole = ledgerOf(entries, cap);
        const sum = merged(parts, cap);
        expect(sum).toEqual(whole);
        expect([...sum.groups.keys()]).toEqual([...whole.groups.keys()]);
      }),
      { numRuns: runs(1000) },
    );
  });

  it("is associative, also for parts that come out of order", () => {
    const parts = fc
      .tuple(log, fc.array(fc.nat(100), { minLength: 2, maxLength: 2 }))
      .chain(([entries, cuts]) => fc.shuffledSubarray(cutAt(entries, cuts), { minLength: 3 }));
    fc.assert(
      fc.property(parts, caps, (lists, cap) => {
        const make = (index: number): Ledger => ledgerOf(lists[index]!, cap);
        const left = merged([merged([make(0), make(1)], cap), make(2)], cap);
        const right = merged([make(0), merged([make(1), make(2)], cap)], cap);
        expect(left).toEqual(right);
      }),
      { numRuns: runs(1000) },
    );
  });

  it("keeps the first locations of each group, and loses no count, in whatever order parts come", () => {
    const parts = fc.tuple(log, fc.array(fc.nat(100), { maxLength: 4 })).chain(([entries, cuts]) => {
      const lists = cutAt(entries, cuts);
      return fc.record({
        entries: fc.constant(entries),
        lists: fc.shuffledSubarray(lists, { minLength: lists.length }),
      });
    });
    fc.assert(
      fc.property(parts, caps, ({ entries, lists }, cap) => {
        const sum = merged(
          lists.map((part) => ledgerOf(part, cap)),
          cap,
        );
        const all = ledgerOf(entries, Number.POSITIVE_INFINITY);
        expect(new Set(sum.groups.keys())).toEqual(new Set(all.groups.keys()));
        for (const [key, group] of all.groups) {
          const own = sum.groups.get(key)!;
          expect(own.count).toBe(group.count);
          expect(own.locations.map(({ at }) => at)).toEqual(
            group.locations.slice(0, cap).map(({ at }) => at),
          );
          expect(own.related.map(([other]) => other?.pointer)).toEqual(
            own.locations.map(({ pointer }) => `related to ${pointer}`),
          );
        }
        for (const [clause, tally] of all.tallies) expect(sum.tallies.get(clause)).toEqual(tally);
      }),
      { numRuns: runs(1000) },
    );
  });

  it("leaves the part that is taken in as it is", () => {
    fc.assert(
      fc.property(log, log, (entries, others) => {
        const part = ledgerOf(entries, 3);
        const into = merged([part], 3);
        mergeLedger(into, ledgerOf(others, 3), 3);
        expect(part).toEqual(ledgerOf(entries, 3));
      }),
    );
  });

  it("adds nothing for an empty part", () => {
    const whole = ledgerOf([{ at: { input: 0, line: 3 }, clause: "MUST" }], 5);
    expect(merged([emptyLedger(), whole, emptyLedger()], 5)).toEqual(whole);
    expect(merged([], 5)).toEqual(emptyLedger());
  });
});

describe("countOccurrences", () => {
  it.each([
    ["MUST", "MUST", 1],
    ["MUST", "SHOULD", 0],
    ["MUST", "NOTE", 0],
    ["SHOULD", "SHOULD", 1],
    ["SHOULD", "MUST", 0],
  ] as const)("of a %s clause at level %s breaks it %d times", (clause, level, violations) => {
    const ledger = emptyLedger();
    const identity = { rule: "a", clauses: [clause, "unknown"], level, message: "m", shape: "" };
    const group = groupFor(ledger, identity);
    countOccurrences(ledger, group, 1, CLAUSES);
    expect(group.count).toBe(1);
    expect(clauseTallyOf(ledger, clause).violations).toBe(violations);
  });
});

describe("groupFor", () => {
  const identity = {
    rule: "a",
    clauses: ["MUST"],
    level: "MUST",
    message: "m",
    hint: "h",
    shape: "/x",
  } as const;

  it.each([
    { rule: "b" },
    { clauses: ["SHOULD"] },
    { clauses: ["MUST", "SHOULD"] },
    { level: "NOTE" },
    { message: "n" },
    { hint: "i" },
    { shape: "/y" },
  ] as const)("keeps apart what differs in %j", (change) => {
    const ledger = emptyLedger();
    const group = groupFor(ledger, identity);
    expect(groupFor(ledger, { ...identity })).toBe(group);
    expect(groupFor(ledger, { ...identity, ...change })).not.toBe(group);
    expect(ledger.groups.size).toBe(2);
  });
});

describe("comparePositions", () => {
  it("orders by input, then by line", () => {
    const place = fc.record({ input: fc.nat(3), line: fc.nat(5) });
    fc.assert(
      fc.property(place, place, (a, b) => {
        const number = ({ input, line }: Position): number => input * 10 + line;
        expect(Math.sign(comparePositions(a, b))).toBe(Math.sign(number(a) - number(b)));
      }),
    );
  });
});
