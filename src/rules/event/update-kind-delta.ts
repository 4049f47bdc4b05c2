import type { JsonObject } from "../../model/subject.js";
import type { MplpEventRule } from "../shared/define.js";

/**
 * PS-5.2-2: the delta that update_kind names has the right sign. One event may add or delete several nodes or edges.
 */
export const updateKindDelta: MplpEventRule = {
  evidence: "event",
  id: "update-kind-delta",
  clauses: ["PS-5.2-2"],
  scopes: ["graph_update"],
  title: "update_kind agrees with its own delta",
  why: "The running size of the graph is the sum of the deltas; a wrong sign makes all later sums wrong.",
  fix: "For *_add give a delta of 1 or more, for *_delete of -1 or less, for *_update 0.",
  applies: ({ event }) => expectationOf(event) !== undefined,
  check: ({ event }, emit) => {
    const expectation = expectationOf(event);
    if (expectation === undefined) return;
    const { kind, field, sign } = expectation;
    if (Math.sign(event[field] as number) === sign) return;
    emit({ message: `update_kind is ${kind}, but ${field} is not ${SIGNS[sign + 1]}`, pointer: `/${field}` });
  },
};

const SIGNS = ["negative", "0", "positive"];

interface Expectation {
  readonly kind: string;
  readonly field: "node_delta" | "edge_delta";
  readonly sign: -1 | 0 | 1;
}

const EXPECTATIONS: ReadonlyMap<unknown, Expectation> = new Map(
  (
    [
      { kind: "node_add", field: "node_delta", sign: 1 },
      { kind: "node_update", field: "node_delta", sign: 0 },
      { kind: "node_delete", field: "node_delta", sign: -1 },
      { kind: "edge_add", field: "edge_delta", sign: 1 },
      { kind: "edge_update", field: "edge_delta", sign: 0 },
      { kind: "edge_delete", field: "edge_delta", sign: -1 },
    ] as const
  ).map((expectation) => [expectation.kind, expectation]),
);

/** The sign that update_kind demands of its delta; undefined if it demands none, or the delta is no integer. */
function expectationOf(event: JsonObject): Expectation | undefined {
  const expected = EXPECTATIONS.get(event.update_kind);
  return expected !== undefined && Number.isInteger(event[expected.field]) ? expected : undefined;
}
