import { dataOf, type HeldObject, wrappedIn } from "../excerpt.js";
import type { Mutation, Place } from "../mutation.js";
import { newId } from "./building.js";
import { CI_RUN, EXECUTION, historiesOf, type Lifecycle, STAGE, TOOL_RUN } from "./histories.js";
import { timeOf, timestampOf } from "./times.js";

const SECOND = 1000;

/** A later event after one that ends everything. */
function goesOn(clause: Mutation["clause"], lifecycle: Lifecycle): Mutation {
  const { noun, statusOf, ends, withStatus, pointer } = lifecycle;
  return {
    clause,
    name: `${noun} runs again after its end`,
    wants: `${noun.replace(/^an? /, "")} with an end and with times in a clear order`,
    *places(excerpt) {
      for (const history of historiesOf(lifecycle, excerpt)) {
        const last = history.at(-1);
        const isEnded = last !== undefined && ends.some((end) => end === statusOf(last));
        const timestamp = last && timestampOf((timeOf(last) ?? 0) + SECOND);
        if (!isEnded || timestamp === undefined) continue;
        const later = { ...dataOf(last), event_id: newId(), timestamp };
        const lines = [last.text, withStatus(later, "running")];
        yield { at: last, pointer, about: history, edits: () => [{ record: last, lines }] };
      }
    },
  };
}

/** The event between pending and the end. */
const NOT_RUN: Mutation = {
  clause: "RG-7.1-3",
  name: "the running event of a stage is removed",
  needs: ["all-read"],
  wants: "stage that goes from pending to running to its end, with times in a clear order",
  *places(excerpt) {
    for (const history of historiesOf(STAGE, excerpt)) {
      const [first, second, third, ...others] = history.map(STAGE.statusOf);
      const running = history[1];
      const isRun =
        first === "pending" && second === "running" && (third === "completed" || third === "failed");
      if (!isRun || running === undefined || others.includes("running")) continue;
      yield {
        at: running,
        pointer: "/stage_status",
        about: history,
        edits: () => [{ record: running, lines: [] }],
      };
    }
  },
};

/** The end of a stage. */
const NOT_ENDED: Mutation = {
  clause: "RG-7.1-3",
  name: "the last event of a stage is removed",
  needs: ["complete", "all-read"],
  wants: "stage that runs and ends, with times in a clear order",
  *places(excerpt) {
    for (const history of historiesOf(STAGE, excerpt)) {
      const [before, last] = history.slice(-2);
      if (last === undefined || before === undefined) continue;
      if (
        STAGE.statusOf(before) !== "running" ||
        !["completed", "failed"].includes(String(STAGE.statusOf(last)))
      )
        continue;
      yield {
        at: last,
        pointer: "/stage_status",
        about: history,
        edits: () => [{ record: last, lines: [] }],
      };
    }
  },
};

/** Two events of one history change their lines. */
function disordered(lifecycle: Lifecycle): Mutation {
  return {
    clause: "IS-13.2-2",
    level: "NOTE",
    name: `two events of ${lifecycle.noun} change their places in the log`,
    wants: `${lifecycle.noun.replace(/^an? /, "")} with two events in one file and with times in a clear order`,
    *places(excerpt) {
      for (const history of historiesOf(lifecycle, excerpt)) {
        const pair = pairIn(history);
        if (pair !== undefined) yield { ...swapped(pair), pointer: lifecycle.pointer, about: history };
      }
    },
  };
}

type Pair = readonly [first: HeldObject, second: HeldObject];

function pairIn(history: readonly HeldObject[]): Pair | undefined {
  for (const [index, second] of history.entries()) {
    const first = history[index - 1];
    if (first !== undefined && first.path === second.path && first.place < second.place)
      return [first, second];
  }
  return undefined;
}

function swapped([first, second]: Pair): Pick<Place, "at" | "edits"> {
  return {
    at: first,
    edits: () => [
      { record: first, lines: [second.text] },
      { record: second, lines: [first.text] },
    ],
  };
}

/** The events at the end of a CI run. */
const CI_NOT_ENDED: Mutation = {
  clause: "IS-4.2-2",
  name: "the end of a CI run is removed",
  needs: ["complete", "all-read"],
  wants: "CI run that begins and ends",
  *places(excerpt) {
    for (const group of excerpt.grouped(CI_RUN.keyOf).values()) {
      const ends = group.filter((record) => CI_RUN.ends.some((end) => end === CI_RUN.statusOf(record)));
      const [first] = ends;
      if (first === undefined || ends.length === group.length || !group.every((record) => wrappedIn(record)))
        continue;
      const edits = () => ends.map((record) => ({ record, lines: [] }));
      yield { at: first, pointer: "/payload/status", about: group, edits };
    }
  },
};

function unstable(name: "stage_order" | "stage_name", to: (value: unknown) => unknown): Mutation {
  const type = name === "stage_order" ? "number" : "string";
  const says = (record: HeldObject): boolean => typeof dataOf(record)[name] === type;
  return {
    clause: "PS-6.1-2",
    name: `a stage changes its ${name}`,
    wants: `stage with two events that have a ${name}`,
    *places(excerpt) {
      for (const group of excerpt.grouped(STAGE.keyOf).values()) {
        const saying = group.filter(says);
        const record = saying.at(-1);
        if (record === undefined || saying.length < 2) continue;
        const changed = { ...dataOf(record), [name]: to(dataOf(record)[name]) };
        yield { at: record, pointer: `/${name}`, about: group, edits: () => [{ record, lines: [changed] }] };
      }
    },
  };
}

/** For each executor_kind that MPLP knows another one. */
const OTHER_KIND: Readonly<Record<string, string>> = {
  agent: "worker",
  tool: "agent",
  llm: "agent",
  worker: "agent",
  external: "agent",
};

const CHANGED_EXECUTOR: Mutation = {
  clause: "PS-7.3-2",
  name: "an execution changes its executor_kind",
  wants: "execution with two events",
  *places(excerpt) {
    for (const group of excerpt.grouped(EXECUTION.keyOf).values()) {
      const record = group.at(-1);
      const [kind, ...others] = new Set(group.map((each) => dataOf(each).executor_kind));
      const other = OTHER_KIND[String(kind)];
      if (record === undefined || group.length < 2 || others.length > 0 || other === undefined) continue;
      const changed = { ...dataOf(record), executor_kind: other };
      yield {
        at: record,
        pointer: "/executor_kind",
        about: group,
        edits: () => [{ record, lines: [changed] }],
      };
    }
  },
};

/** RG 4.3, PS 6.1, PS 7.3, IS 3: what has a status goes through its lifecycle once. */
export const LIFECYCLE_MUTATIONS: readonly Mutation[] = [
  goesOn("RG-4.3-2", STAGE),
  goesOn("PS-7.3-2", EXECUTION),
  goesOn("IS-3.1-1", TOOL_RUN),
  goesOn("IS-3.4-1", CI_RUN),
  unstable("stage_order", (order) => Number(order) + 1_000_000),
  unstable("stage_name", (name) => `${String(name)} (changed)`),
  CHANGED_EXECUTOR,
  NOT_RUN,
  NOT_ENDED,
  CI_NOT_ENDED,
  disordered(STAGE),
  disordered(EXECUTION),
  disordered(TOOL_RUN),
];
