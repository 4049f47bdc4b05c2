import type { JsonObject } from "../../model/subject.js";
import type { MplpEventRule } from "../define.js";

/** PS-5.2-2: update_kind agrees with the delta it is about. One event may add or delete several. */
export const updateKindDelta: MplpEventRule = {
  evidence: "event",
  id: "update-kind-delta",
  clauses: ["PS-5.2-2"],
  scopes: ["graph_update"],
  title: "update_kind agrees with its own delta",
  why: "The running size of the graph is the sum of the deltas; a wrong sign makes it wrong for good.",
  fix: "For *_add give a delta of 1 or more, for *_delete of -1 or less, for *_update 0.",
  applies: ({ event }) => expectationOf(event) !== undefined,
  check: ({ event }, emit) => {
    const expectation = expectationOf(event);
    if (expectation === undefined) return;
    const { kind, field, sign, delta } = expectation;
    if (Math.sign(delta) === sign) return;
    emit({ message: `update_kind is ${kind}, but ${field} is not ${SIGNS[sign + 1]}`, pointer: `/${field}` });
  },
};

const SIGNS = ["negative", "0", "positive"];

interface Expectation {
  readonly kind: string;
  readonly field: "node_delta" | "edge_delta";
  readonly sign: -1 | 0 | 1;
}

const EXPECTATIONS: readonly Expectation[] = [
  { kind: "node_add", field: "node_delta", sign: 1 },
  { kind: "node_update", field: "node_delta", sign: 0 },
  { kind: "node_delete", field: "node_delta", sign: -1 },
  { kind: "edge_add", field: "edge_delta", sign: 1 },
  { kind: "edge_update", field: "edge_delta", sign: 0 },
  { kind: "edge_delete", field: "edge_delta", sign: -1 },
];

function expectationOf(event: JsonObject): (Expectation & { delta: number }) | undefined {
  const expected = EXPECTATIONS.find(({ kind }) => kind === event.update_kind);
  if (expected === undefined) return undefined;
  const delta = event[expected.field];
  return typeof delta === "number" && Number.isInteger(delta) ? { ...expected, delta } : undefined;
}
