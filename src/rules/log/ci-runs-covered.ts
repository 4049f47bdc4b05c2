import type { Observation, Observed } from "../../model/rule.js";
import type { MplpLogRule } from "../define.js";
import { historyEntry } from "./history.js";
import { sayMissing } from "./missing.js";
import { isBefore } from "./order.js";

const STAGE = "pipeline_stage";
const STARTS = ["pending", "running"];
const ENDS = ["succeeded", "failed", "cancelled"];

/** What the events of one CI run show. */
interface Shown {
  readonly start: boolean;
  readonly end: boolean;
  readonly base: "" | "/payload";
}

const ACCOMPANIED: Observed<Shown> = { key: STAGE, value: { start: false, end: false, base: "" } };

/** IS-4.2-2: CI events show start and end of each run, and pipeline_stage events accompany them. */
export const ciRunsCovered: MplpLogRule<Shown> = {
  evidence: "log",
  id: "ci-runs-covered",
  clauses: ["IS-4.2-2"],
  title: "CI runs are covered from start to end",
  why: "A run that only ends, or never does, cannot be lined up with what the runtime did meanwhile.",
  fix: "Emit a ci_event when a run starts and when it ends, and pipeline_stage events for the runtime's own stages.",
  scopes: ["integration", "pipeline_stage"],
  store: "map",
  order: "causal",
  atLeast: 1,
  observe: (examined) => {
    const { subject, integration } = examined;
    if (integration?.kind === "ci_event") {
      const { ci_provider: provider, pipeline_id: pipeline, run_id: run, status } = integration.value;
      const entry = historyEntry(examined, [provider, pipeline, run], 0);
      if (entry === undefined) return undefined;
      const start = STARTS.some((known) => known === status);
      const end = ENDS.some((known) => known === status);
      return { ...entry, value: { start, end, base: integration.base } };
    }
    const isStage = subject.kind === "event" && subject.family === STAGE;
    return isStage ? ACCOMPANIED : undefined;
  },
  combine: (earlier, later) => {
    if (later.value === ACCOMPANIED.value) return earlier;
    const first = isBefore(later, earlier) ? later : earlier;
    if (first.value.start && first.value.end) return first;
    const start = earlier.value.start || later.value.start;
    const end = earlier.value.end || later.value.end;
    return { ...first, value: { start, end, base: first.value.base } };
  },
  checks: (key) => (key === STAGE ? 0 : 1),
  judge: (key, [run], judging) => {
    if (key === STAGE || run === undefined) return;
    if (!run.value.start) sayMissing("IS-4.2-2", draftOf(run, "start"), judging);
    if (!run.value.end) sayMissing("IS-4.2-2", draftOf(run, "end"), judging);
  },
  conclude: (kept, judging) => {
    if (kept.size === 0 || kept.of(STAGE).length > 0) return;
    const message = "the log has ci_events, but no pipeline_stage event that accompanies them";
    sayMissing("IS-4.2-2", { at: { input: 0, line: 0 }, absent: true, message, pointer: "" }, judging);
  },
};

function draftOf({ at, value }: Observation<Shown>, half: "start" | "end") {
  return { at, message: `no ci_event shows the ${half} of a run`, pointer: `${value.base}/status` };
}
