import type { Defect, DefectTarget } from "../model/defect.js";
import { NO_TERMS, type Terms } from "../model/likeness.js";
import type { JsonObject, Subject } from "../model/subject.js";
import type { ClauseId } from "./clauses/clauses.js";
import { EVENT_FAMILIES, type StructuredFamily } from "./fields/families.js";
import { KNOWN_NAMES } from "./fields/known-names.js";
import { brokenInvariants, gathered } from "./gathered-defects.js";
import type { Invariant } from "./invariants/invariant.js";
import { NEEDED_INVARIANTS } from "./invariants/invariant-conditions.js";
import { compileInvariants, type InvariantSet, narrowed, unproved } from "./invariants/invariants.js";
import { asOne, renamedCore, renamedOnce, withCoreAsOne } from "./joined-defects.js";
import { projectDefects } from "./project-defects.js";
import type { CompiledSchema, CompiledSchemas, ProtocolFile, SchemaName } from "./schemas/schemas.js";

/** The compiled protocol: schemas and invariants together. */
export interface Protocol {
  readonly invariants: InvariantSet;
  /** Every value of the subject that a schema or an invariant rejects; empty if the subject conforms. */
  defectsOf(subject: Subject): readonly Defect[];
  /** Clauses that the loaded files cannot judge in full, with the reason. */
  readonly incomplete: ReadonlyMap<ClauseId, string>;
  /**
   * Schemas, invariants and rules about one event cannot tell apart events that are alike by these terms.
   */
  readonly likeness: Terms;
  /** Member names in schemas and documents of the protocol; they reveal nothing about a sender. */
  readonly names: ReadonlySet<string>;
}

/** The parts of a protocol: schemas, and the files of invariants. */
export interface ProtocolParts {
  readonly schemas: CompiledSchemas;
  /** Which events schemas and invariants cannot tell apart. Default: unknown. */
  readonly likeness?: Terms;
  readonly invariants: readonly ProtocolFile[];
  /** A project's own invariants, which do not affect conformance. */
  readonly ownInvariants?: readonly ProtocolFile[];
}

const NONE: readonly Defect[] = [];

/** Envelope invariants that hold for profile events too, whose schemas have no families (P-6). */
const ENVELOPE: ReadonlySet<string> = new Set(["event_id", "event_type", "timestamp"]);

/**
 * Combines schemas and invariants into one check.
 *
 * @throws ProtocolError if a file of invariants is not usable
 */
export function compileProtocol({ schemas, ...files }: ProtocolParts): Protocol {
  const invariants = compileInvariants(files.invariants);
  const envelope = invariants.byScope.event.filter(({ path }) => ENVELOPE.has(path.join(".")));

  const examine = (
    target: DefectTarget,
    base: string,
    object: JsonObject,
    parts: Parts,
  ): readonly Defect[] => {
    const complaints = parts.schema.complaints(object);
    const conforms = complaints.length === 0;
    const broken = brokenInvariants(conforms ? parts.unproved : parts.invariants, object);
    if (conforms && broken === undefined) return NONE;
    return gathered(target, base, complaints, broken ?? []);
  };

  const partsOf = (name: SchemaName, own: readonly Invariant[]): Parts => ({
    schema: schemas[name],
    invariants: own,
    unproved: unproved(own, schemas[name].facts),
  });

  // The invariants for an event depend only on its family, and there are few families.
  const byFamily = new Map<string, Parts>(
    EVENT_FAMILIES.map((family) => [
      family,
      partsOf(schemaOf(family), narrowed(invariants.byScope.event, "event_family", family)),
    ]),
  );
  const ofNoFamily = partsOf("core", invariants.byScope.event);
  const samples = invariants.byScope.learning_sample;
  const others = {
    tool_event: partsOf("tool_event", invariants.byScope.tool_event),
    file_update_event: partsOf("file_update_event", invariants.byScope.file_update_event),
    git_event: partsOf("git_event", invariants.byScope.git_event),
    ci_event: partsOf("ci_event", invariants.byScope.ci_event),
    sa: partsOf("sa", envelope),
    map: partsOf("map", envelope),
    sample: partsOf("sample", samples),
    intent_resolution: partsOf("intent_resolution", samples),
    delta_impact: partsOf("delta_impact", samples),
  };

  const integrationDefects = (subject: Subject, own: readonly Defect[]): readonly Defect[] => {
    const facet = "integration" in subject ? subject.integration : undefined;
    if (facet === undefined) return NONE;
    // A payload that is not an object is already reported as one defect.
    if (facet.fault === "not-an-object" && own.some(({ pointer }) => pointer === facet.base)) return NONE;
    const defects = examine("integration", facet.base, facet.value, others[facet.kind]);
    return facet.fault === undefined ? renamedOnce(defects, facet) : asOne(defects, facet.base);
  };

  const ownDefects = (subject: Subject): readonly Defect[] => {
    if (subject.kind === "event") {
      const defects = examine("event", "", subject.value, byFamily.get(subject.family ?? "") ?? ofNoFamily);
      return renamedCore(subject).length < 2 ? defects : withCoreAsOne(defects);
    }
    if (subject.kind === "learning-sample")
      return examine(
        "learning-sample",
        "",
        subject.value,
        others[sampleSchemaOf(subject.value.sample_family)],
      );
    if (subject.kind !== "profile-event") return NONE;
    return examine(subject.profile, "", subject.value, others[subject.profile]);
  };

  const projects = compileInvariants(files.ownInvariants ?? []);
  return {
    invariants: { ...invariants, notEvaluated: [...invariants.notEvaluated, ...projects.notEvaluated] },
    incomplete: incompleteClauses(invariants),
    likeness: files.likeness ?? NO_TERMS,
    names: new Set([...KNOWN_NAMES, ...Object.values(schemas).flatMap(({ facts }) => Object.keys(facts))]),
    defectsOf: (subject) => {
      const own = ownDefects(subject);
      const integration = integrationDefects(subject, own);
      const project = projects.ids.size === 0 ? NONE : projectDefects(projects, subject);
      if (integration.length + project.length === 0) return own;
      return [...own, ...integration, ...project];
    },
  };
}

interface Parts {
  readonly schema: CompiledSchema;
  readonly invariants: readonly Invariant[];
  /** Invariants that an object may violate although the schema accepts it. */
  readonly unproved: readonly Invariant[];
}

function sampleSchemaOf(family: unknown): "intent_resolution" | "delta_impact" | "sample" {
  return family === "intent_resolution" || family === "delta_impact" ? family : "sample";
}

function schemaOf(family: string | undefined): StructuredFamily | "core" {
  if (family === "graph_update" || family === "pipeline_stage" || family === "runtime_execution")
    return family;
  return "core";
}

function incompleteClauses(set: InvariantSet): ReadonlyMap<ClauseId, string> {
  const incomplete = new Map<ClauseId, string>();
  for (const [id, clause] of NEEDED_INVARIANTS) {
    if (!set.ids.has(id) && !incomplete.has(clause)) {
      incomplete.set(clause, `invariant ${id} is not among those loaded, or could not be evaluated`);
    }
  }
  return incomplete;
}
