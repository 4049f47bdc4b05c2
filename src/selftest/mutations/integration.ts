import type { IntegrationFacet, IntegrationKind, JsonObject } from "../../model/subject.js";
import { bareFacet, completeKindOf, payloadFacet } from "../../protocol/integration.js";
import { type Excerpt, type HeldObject, integrationIn, wrappedIn } from "../excerpt.js";
import type { Mutation } from "../mutation.js";
import {
  adding,
  type Change,
  changing,
  newId,
  set,
  setPayload,
  type Title,
  withMembers,
  withPayload,
} from "./building.js";
import { CI_RUN } from "./histories.js";
import { millisecondsOf, timestampOf } from "./times.js";

interface Meant extends Pick<Change, "about"> {
  readonly kinds?: readonly IntegrationKind[];
  readonly when?: (payload: JsonObject, facet: IntegrationFacet) => boolean;
  readonly wants?: string;
}

type Made = (title: Title, change: Change) => Mutation;

function ofIntegration(
  made: Made,
  title: Omit<Title, "wants">,
  pointer: string,
  to: Change["to"],
  meant: Meant = {},
): Mutation {
  const {
    kinds,
    when = () => true,
    about,
    wants = kinds === undefined
      ? "external_integration event"
      : `${kinds.join(" or ")} in an external_integration event`,
  } = meant;
  const fits = (record: HeldObject): boolean => {
    const facet = wrappedIn(record);
    if (facet === undefined || completeKindOf(facet.value) !== facet.kind) return false;
    return (kinds?.includes(facet.kind) ?? true) && when(facet.value, facet);
  };
  return made({ ...title, wants }, { fits, pointer, to, ...(about && { about }) });
}

const changed = ofIntegration.bind(undefined, changing);
const added = ofIntegration.bind(undefined, adding);

/** The event_type of another kind, none of whose fields this kind has. */
const OTHER_TYPE: Readonly<Record<IntegrationKind, string>> = {
  tool_event: "file_update_event",
  ci_event: "file_update_event",
  git_event: "file_update_event",
  file_update_event: "git_event",
};

function contradicted(kind: IntegrationKind): Mutation {
  const event_type = OTHER_TYPE[kind];
  return changed(
    { clause: "IS-5.1-1", name: `event_type of a ${kind} says ${event_type}` },
    "/event_type",
    set({ event_type }),
    {
      kinds: [kind],
      // A payload that has fields of both kinds is what event_type says.
      when: (payload) =>
        payloadFacet({ event_family: "external_integration", event_type, payload })?.kind === kind,
    },
  );
}

/** A word that no enumeration has. */
function unknownWord(clause: Mutation["clause"], kind: IntegrationKind, field: string): Mutation {
  const word = { [field]: "teleported" };
  return changed(
    { clause, name: `${field} of a ${kind} gets a word of its own` },
    `/payload/${field}`,
    setPayload(word),
    { kinds: [kind] },
  );
}

const RUNS = ["tool_event", "ci_event"] as const;

const sameFile = (record: HeldObject, excerpt: Excerpt): readonly HeldObject[] =>
  excerpt.grouped(filePath).get(filePath(record) ?? "") ?? [];

/** One path, however it is spelled: ./a and a//b are a and a/b. */
function filePath(record: HeldObject): string | undefined {
  const facet = integrationIn(record);
  if (facet?.kind !== "file_update_event") return undefined;
  const steps = String(facet.value.file_path).split("/");
  return steps.filter((step) => step !== "." && step !== "").join("/");
}

const SOON = 100;

function soonAfter(timestamp: unknown): string | undefined {
  const time = millisecondsOf(timestamp);
  return time === undefined ? undefined : timestampOf(time + SOON);
}

/** A GitHub token that gives access to nothing; no scanner of a repository is to take this text for one. */
const TOKEN = ["gh", "p_", "7Rk2Xw9QbL4mVt", "8ZsYc3NfHd6JgPaE5uTq1o"].join("");

/** IS: integration events. */
export const INTEGRATION_MUTATIONS: readonly Mutation[] = [
  changed(
    { clause: "IS-4.3-1", name: "a payload gets a member that its schema does not have" },
    "/payload",
    setPayload({ selftest: true }),
  ),
  unknownWord("IS-4.3-1", "tool_event", "status"),
  unknownWord("IS-4.3-1", "ci_event", "status"),
  unknownWord("IS-4.3-2", "tool_event", "tool_kind"),
  unknownWord("IS-4.3-2", "file_update_event", "change_type"),
  unknownWord("IS-4.3-2", "git_event", "event_kind"),
  unknownWord("IS-4.3-2", "ci_event", "status"),
  changed(
    { clause: "IS-4.3-3", name: "an integration event stands in the log without its envelope" },
    "",
    (value) => value.payload as JsonObject,
    {
      when: (payload) =>
        bareFacet(payload) !== undefined &&
        payload.event_family === undefined &&
        payload.event_type === undefined,
    },
  ),
  ...(Object.keys(OTHER_TYPE) as IntegrationKind[]).map(contradicted),
  changed(
    { clause: "IS-3-1", name: "a run that has ended has a started_at, but no completed_at" },
    "/payload/completed_at",
    setPayload({ started_at: "2026-01-05T08:00:00Z", completed_at: undefined }),
    {
      kinds: RUNS,
      when: ({ status }) => CI_RUN.ends.some((end) => end === status),
      wants: "tool_event or ci_event that has ended",
    },
  ),
  changed(
    { clause: "IS-3-1", name: "a rename lacks its previous_path" },
    "/payload/previous_path",
    setPayload({ change_type: "renamed", previous_path: undefined }),
    { kinds: ["file_update_event"] },
  ),
  changed(
    { clause: "IS-7.1-1", name: "file_path becomes absolute" },
    "/payload/file_path",
    setPayload({ file_path: "/srv/project/file.txt" }),
    { kinds: ["file_update_event"] },
  ),
  changing(
    { clause: "IS-7.1-2", name: "an event gets a token of GitHub", wants: "event" },
    {
      fits: ({ subject }) =>
        subject.kind === "event" && subject.hasFamily && subject.value.selftest === undefined,
      pointer: "/selftest",
      to: set({ selftest: TOKEN }),
    },
  ),
  changed(
    { clause: "IS-7.1-3", level: "NOTE", name: "a git_event names its author" },
    "/payload/author_name",
    setPayload({ author_name: "Ada Lovelace" }),
    { kinds: ["git_event"], about: (_record, excerpt) => excerpt.records },
  ),
  added(
    { clause: "IS-13.1-1", name: "a file is reported as modified again within 100 ms" },
    "/payload/timestamp",
    (value, record) => {
      const timestamp = soonAfter(wrappedIn(record)?.value.timestamp);
      return withPayload(withMembers(value, { event_id: newId() }), { timestamp });
    },
    {
      kinds: ["file_update_event"],
      when: ({ change_type: type, file_path: path, timestamp }) =>
        type === "modified" && typeof path === "string" && soonAfter(timestamp) !== undefined,
      about: sameFile,
      wants: "file_update_event that says modified",
    },
  ),
  changed(
    { clause: "IS-13.1-2", name: "source is removed from an envelope" },
    "/source",
    set({ source: undefined }),
  ),
  changed(
    { clause: "IS-13.2-3", name: "file_path climbs to a parent folder" },
    "/payload/file_path",
    setPayload({ file_path: "../outside.txt" }),
    { kinds: ["file_update_event"] },
  ),
];
