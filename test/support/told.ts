import { storeFor } from "../../src/engine/keep/open-store.js";
import type { BlockResult } from "../../src/engine/passage.js";
import { CHARTS } from "../../src/rules/charts/index.js";
import { RULES } from "../../src/rules/index.js";
import { listed } from "./groups.js";

/** What a block amounts to, without the clauses that nothing has put to the test, and however its rows are written. */
export function toldBy({ ledger, batches, ...result }: BlockResult) {
  const tallies = [...ledger.tallies].filter(([, { checked, violations }]) => checked + violations > 0);
  const kept = batches.map((batch): [string, unknown] => {
    const observers = [...RULES.filter(({ evidence }) => evidence === "log"), ...CHARTS];
    const observer = observers.find(({ id }) => id === batch.rule);
    if (observer === undefined || !("source" in observer)) throw new Error(`nothing observes ${batch.rule}`);
    const store = storeFor(observer.source);
    store.take(batch, 0, 0);
    return [batch.rule, listed(store.groups(1))];
  });
  return { ...result, groups: ledger.groups, tallies: new Map(tallies), kept: new Map(kept) };
}
