import type { JsonObject } from "../../model/subject.js";
import { instantOf, millisecondsBetween } from "../../protocol/fields/instant.js";
import type { MplpEventRule } from "../shared/define.js";

const TERMINAL: ReadonlySet<unknown> = new Set(["succeeded", "failed", "cancelled"]);

/** IS-3-1: the times of an integration event agree with each other, and a rename names the old path. */
export const integrationTimes: MplpEventRule = {
  evidence: "event",
  id: "integration-times",
  clauses: ["IS-3-1"],
  scopes: ["integration"],
  title: "Times agree with each other",
  why: "Durations and orders are computed from these fields; when they contradict each other, none can be trusted.",
  fix: "Take started_at, completed_at and duration_ms from one clock, and give a rename its previous_path.",
  check: ({ integration }, emit) => {
    if (integration === undefined) return;
    const { value, base, kind } = integration;
    const report = (message: string, field: string): void => emit({ message, pointer: `${base}/${field}` });
    if (kind === "file_update_event") {
      const { change_type: type, previous_path: previous } = value;
      const isNamed = typeof previous === "string" ? previous.trim() !== "" : previous !== undefined;
      if (type !== "renamed" || isNamed) return;
      report("file_update_event is a rename without previous_path", "previous_path");
    } else if (kind === "tool_event" || kind === "ci_event") {
      checkTimes(value, report, kind);
    }
  },
};

function checkTimes(value: JsonObject, report: (message: string, field: string) => void, kind: string): void {
  if (
    typeof value.started_at === "string" &&
    value.completed_at === undefined &&
    TERMINAL.has(value.status)
  ) {
    report(`${kind} has ended and has a started_at, but no completed_at`, "completed_at");
  }
  const started = instantOf(value.started_at);
  const completed = instantOf(value.completed_at);
  if (started === undefined || completed === undefined) return;
  const elapsed = millisecondsBetween(started, completed);
  if (elapsed < 0) {
    report(`${kind} completed before it started`, "completed_at");
    return;
  }
  const duration = kind === "ci_event" ? value.duration_ms : undefined;
  if (!isDuration(duration) || Math.abs(duration - elapsed) <= TOLERANCE_MS) return;
  report(`${kind} duration_ms is not the time from started_at to completed_at`, "duration_ms");
}

/** True if the schema accepts the value as a duration; any other value has its finding already. */
function isDuration(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

/** One millisecond for rounding, and a little more for the arithmetic of fractions. */
const TOLERANCE_MS = 1 + 1e-6;
