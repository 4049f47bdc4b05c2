import { brokenBy, kindNamedBy, kindsIn, mayNameKind } from "./integration.js";
import { isObject, type Members } from "./json.js";
import { isFilled, isUuidV4, type Objection, type Protocol, type SchemaName } from "./protocol.js";

/** What a reader of the specification expects a checker to say about one record. */
export interface Expectation {
  /** A level, and a member ("MUST event_id", "MUST payload.status") or a clause ("SHOULD IN-2"). */
  readonly found: ReadonlySet<string>;
  /** True if this judge leaves a member or a clause open. */
  isOpen(subject: string): boolean;
}

const PROFILES: readonly (readonly [RegExp, SchemaName])[] = [
  [/^SA[A-Z][a-z]/, "sa"],
  [/^MAP[A-Z][a-z]/, "map"],
];
const CORE = ["event_id", "event_type", "timestamp"];
const OWN_SCHEMA = ["graph_update", "pipeline_stage", "runtime_execution"];
/** The clauses about integration events. */
const INTEGRATION = ["IS-3", "IS-7.1-1", "IS-13.1", "IS-13.2-3"];
/** True for the name of a core field in another spelling: without a family, such fields may make another finding. */
const isCoreElsewhere = (name: string): boolean =>
  !CORE.includes(name) &&
  /^(?:event(?:id|type|family)|timestamp)$/.test(name.toLowerCase().replaceAll(/[^a-z]/g, ""));
/** What depends on the kind of a payload. */
const PAYLOAD = ["payload", ...INTEGRATION];
const NOTHING: ReadonlySet<string> = new Set();

const openAt =
  (starts: readonly string[]): Expectation["isOpen"] =>
  (subject) =>
    starts.some((start) => subject.startsWith(start));

const asFound = (objections: readonly Objection[], before = ""): Set<string> =>
  new Set(objections.map(({ level, member }) => `${level} ${before}${member}`));

/** Members that are not allowed beside missing ones: one that is misspelled is one fault, with one finding. */
function misspelled(objections: readonly Objection[], before = ""): readonly string[] {
  if (!objections.some(({ isMissing }) => isMissing)) return [];
  return objections.filter(({ isExtra }) => isExtra).map(({ member }) => before + member);
}

/** The deltas that contradict the kind of an update: its own (PS-5.2-2), and the other one (PS-5.2-3). */
function* contradictions({
  update_kind: kind,
  node_delta: nodes,
  edge_delta: edges,
}: Members): Iterable<string> {
  if (typeof kind !== "string" || kind === "bulk") return;
  const [what, how] = kind.split("_");
  const [own, other] = what === "node" ? [nodes, edges] : [edges, nodes];
  const [ownName, otherName] = what === "node" ? ["node_delta", "edge_delta"] : ["edge_delta", "node_delta"];
  const isWrong =
    (how === "add" && (own as number) < 1) ||
    (how === "delete" && (own as number) > -1) ||
    (how === "update" && own !== 0);
  if (Number.isInteger(own) && isWrong) yield `MUST ${ownName}`;
  const isOdd =
    (what === "edge" && other !== 0) ||
    (kind === "node_add" && (other as number) < 0) ||
    (kind === "node_delete" && (other as number) > 0);
  if (Number.isInteger(other) && isOdd) yield `SHOULD ${otherName}`;
}

/** What the documents ask for beyond schemas and invariants, at members of the envelope. */
function* beyond(event: Members, broken: ReadonlySet<string>): Iterable<string> {
  const { event_family: family, project_id } = event;
  if (project_id !== undefined && !broken.has("MUST project_id") && !isUuidV4(project_id))
    yield "SHOULD project_id";
  if (family === "graph_update") {
    if (event.source_module === undefined) yield "SHOULD source_module";
    if (!broken.has("MUST update_kind")) yield* contradictions(event);
  }
  if (family === "pipeline_stage")
    for (const name of ["stage_name", "stage_order"]) if (event[name] === undefined) yield `SHOULD ${name}`;
}

/** Judges single records by schemas, invariants and the clauses about one event. */
export class EventJudge {
  readonly #protocol: Protocol;

  constructor(protocol: Protocol) {
    this.#protocol = protocol;
  }

  /** Judges an object; undefined if this judge does not know what it is. */
  judge(value: Members): Expectation | undefined {
    if (Object.hasOwn(value, "event_family")) return this.#event(value);
    const type = value.event_type;
    const profile = PROFILES.find(([form]) => typeof type === "string" && form.test(type));
    if (profile !== undefined) return this.#profileEvent(value, profile[1]);
    if (Object.keys(value).some(isCoreElsewhere)) return undefined;
    const isEvent = CORE.filter((name) => Object.hasOwn(value, name)).length > 1;
    return isEvent && kindsIn(value).length === 0 ? this.#event(value) : undefined;
  }

  #profileEvent(value: Members, schema: SchemaName): Expectation {
    const objections = [
      ...this.#protocol.bySchema(schema, value),
      ...this.#protocol.byInvariants("event", value, CORE),
    ];
    return { found: asFound(objections), isOpen: openAt([...INTEGRATION, ...misspelled(objections)]) };
  }

  #event(event: Members): Expectation {
    const { event_family: family } = event;
    const schema = OWN_SCHEMA.includes(family as string) ? (family as SchemaName) : "core";
    const objections = [
      ...this.#protocol.bySchema(schema, event),
      ...this.#protocol.byInvariants("event", event),
    ];
    const found = asFound(objections);
    for (const each of beyond(event, found)) found.add(each);
    return this.#withPayload(event, found);
  }

  /** Adds what is wrong with the integration event in a payload, if its kind is certain. */
  #withPayload(event: Members, found: Set<string>): Expectation {
    const { payload, event_family: family } = event;
    const named = kindNamedBy(event.event_type);
    const kinds = kindsIn(payload);
    if (kinds.length === 0 && !mayNameKind(event.event_type)) return { found, isOpen: openAt([]) };
    if (found.has("MUST payload")) return { found, isOpen: openAt(INTEGRATION) };
    const isNamed = family === "external_integration" && named !== undefined;
    if (isNamed && (payload === undefined || (isObject(payload) && Object.keys(payload).length === 0)))
      return { found: found.add("MUST payload"), isOpen: openAt(INTEGRATION) };
    const [kind, ...others] = kinds;
    const isCertain = isNamed && kind === named && others.length === 0;
    if (!isCertain || !isObject(payload)) return { found, isOpen: openAt(PAYLOAD) };
    const objections = [
      ...this.#protocol.bySchema(kind, payload),
      ...this.#protocol.byInvariants(kind, payload),
    ];
    const isSound = objections.every(({ level }) => level !== "MUST");
    for (const each of asFound(objections, "payload.")) found.add(each);
    if (!isFilled(event.source)) found.add("SHOULD IS-13.1-2");
    if (isSound) for (const clause of brokenBy(payload)) found.add(`SHOULD ${clause}`);
    const unsure = isSound ? [] : ["IS-3", "IS-7.1-1", "IS-13.2-3"];
    return { found, isOpen: openAt([...unsure, ...misspelled(objections, "payload.")]) };
  }
}

/** What is expected of a record that cannot be read: which of its parts are judged all the same is left open. */
export const UNREADABLE: Expectation = {
  found: new Set(["MUST IN-1"]),
  isOpen: (subject) => subject !== "IN-1",
};
/** What is expected of a record that the judge leaves alone. */
export const OPEN: Expectation = { found: NOTHING, isOpen: () => true };
