import type { Defect } from "../model/defect.js";
import type { Subject } from "../model/subject.js";
import { brokenInvariants } from "./gathered-defects.js";
import type { InvariantSet } from "./invariants/invariants.js";

/** Violations of a project's own invariants, separate from the protocol's defects of the same value. */
export function projectDefects({ byScope }: InvariantSet, subject: Subject): readonly Defect[] {
  const facet = "integration" in subject ? subject.integration : undefined;
  const parts = [
    ...(subject.kind === "event" || subject.kind === "profile-event"
      ? [{ invariants: byScope.event, object: subject.value, base: "" }]
      : []),
    ...(subject.kind === "learning-sample"
      ? [{ invariants: byScope.learning_sample, object: subject.value, base: "" }]
      : []),
    ...(facet === undefined
      ? []
      : [{ invariants: byScope[facet.kind], object: facet.value, base: facet.base }]),
  ];
  return parts.flatMap(({ invariants, object, base }) =>
    (brokenInvariants(invariants, object) ?? []).map(({ invariant: { id, pointer, allowed }, problem }) => ({
      target: "own" as const,
      problem,
      field: pointer.slice(1),
      pointer: base + pointer,
      allowed,
      schema: false,
      invariant: id,
    })),
  );
}
