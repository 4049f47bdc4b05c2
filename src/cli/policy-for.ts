import { loadPolicy, type Policy } from "../index.js";
import type { Invocation } from "./options/invocation.js";
import { UsageError } from "./usage-error.js";

/** What the project has decided, as the options of a run use it. @throws UsageError, ConfigError */
export function policyFor(invocation: Invocation): Promise<Policy> {
  const { configuration, baseline, writeBaseline, pruneBaseline, allowStale } = invocation;
  if (pruneBaseline && baseline === undefined) throw new UsageError("--prune-baseline needs a --baseline");
  const today = new Date().toISOString().slice(0, 10);
  const use = pruneBaseline ? "pruned" : "kept";
  const stale = allowStale ? "note" : "error";
  return loadPolicy(configuration, baseline, today, writeBaseline === undefined ? use : "written", stale);
}
