import type { Examined } from "../../model/examined.js";
import type { Observed } from "../../model/source.js";
import type { IntegrationFacet, JsonObject } from "../../model/subject.js";
import { digestInUuidForm, instantInUuidForm } from "../../model/uuid-form.js";
import { instantOf } from "../../protocol/fields/instant.js";
import { projectOf } from "../shared/log/project.js";
import { baseColumn, countOrNone } from "../shared/source/columns.js";
import { neededTime } from "../shared/source/fields.js";
import { source } from "../shared/source/source.js";

/** When each file was reported as modified. A payload that comes again with its timestamp is a redelivery. */
export const fileUpdates = source({
  of: "file_update_event",
  key: {
    of: ({ file_path: path, workspace_root: root }, { event }) =>
      typeof path === "string" ? fileKey(event, path, root) : undefined,
  },
  when: ({ change_type: type }) => type === "modified",
  columns: { base: baseColumn },
  at: neededTime("timestamp"),
  once: "payload",
  keep: "history",
});

/** One file, as one adapter reports it: of one project and workspace. */
function fileKey(event: JsonObject, path: string, root: unknown): string {
  const [workspace = "", adapter] = [root, event.source].map((name) =>
    typeof name === "string" ? name : "",
  );
  return `${projectOf(event)}${JSON.stringify([plainPath(workspace), adapter, plainPath(path)])}`;
}

/** Steps of a path that lead nowhere, and the slashes at its ends. */
const IDLE_STEP = /(?:^|\/)\.?(?:\/|$)/;

/** A path without steps that lead nowhere: ./a, a//b and a/./b are a and a/b. Steps up are left as they are. */
function plainPath(path: string): string {
  if (!IDLE_STEP.test(path)) return path;
  const steps = path.split("/").filter((step, index) => step !== "." && (step !== "" || index === 0));
  return steps.join("/");
}

/** The keys of what is a copy if all that it says is equal end with this; those of invocations end with a number. */
const COPY = "copy";
/** An event without an envelope cannot be a redelivery. */
const BARE = countOrNone.write(undefined);

/** Integration events by what makes two of them copies; the value is the delivery of those in an envelope. */
export const integrationCopies = source({
  of: "integration",
  value: countOrNone,
  once: (delivery) => delivery,
  keep: "all",
  // What makes a copy differs: all of a bare event, the id and status of an invocation, the payload of others.
  observe: (examined) => {
    const { record, integration } = examined;
    if (integration === undefined) return undefined;
    if (integration.base === "")
      return { key: `${digestInUuidForm(record.digests.content)}${COPY}`, value: BARE };
    return integration.kind === "tool_event"
      ? invocationIn(examined, integration)
      : payloadIn(examined, integration);
  },
});

/** True if two events of one key have equal contents. */
export function areCopies(key: string): boolean {
  return key.endsWith(COPY);
}

function invocationIn(
  { record, event }: Examined,
  { value }: IntegrationFacet,
): Observed<number> | undefined {
  const { invocation_id: id, status } = value;
  const instant = instantOf(event.timestamp);
  if (typeof id !== "string" || typeof status !== "string" || instant === undefined) return undefined;
  return {
    key: `${id}${instantInUuidForm(instant)}${status}\n${id.length}`,
    value: countOrNone.write(record.digests.delivery),
  };
}

/** A payload with its time, which is the envelope's where it says none itself, of one project and adapter. */
function payloadIn({ record, event }: Examined, { value }: IntegrationFacet): Observed<number> | undefined {
  const own = instantOf(value.timestamp);
  const instant = own ?? instantOf(event.timestamp);
  if (instant === undefined) return undefined;
  const payload = digestInUuidForm(record.digests.of(value));
  const time = own === undefined ? instantInUuidForm(instant) : "";
  const adapter = typeof event.source === "string" ? event.source : "";
  return {
    key: `${payload}${time}${projectOf(event)}\n${adapter}\n${COPY}`,
    value: countOrNone.write(record.digests.delivery),
  };
}
