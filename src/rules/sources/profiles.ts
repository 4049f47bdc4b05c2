import { isJsonObject, type JsonObject } from "../../model/subject.js";
import { onlyOneOf } from "../shared/source/columns.js";
import { eventTime, ids, joinedIds, type Key } from "../shared/source/fields.js";
import { source } from "../shared/source/source.js";

/** The event types of MAP that answer each other, each after the one that it answers. */
const ANSWERING = [
  "MAPTurnDispatched",
  "MAPTurnCompleted",
  "MAPBroadcastSent",
  "MAPBroadcastReceived",
] as const;
export type Answering = (typeof ANSWERING)[number];

/** The turns of each role, and the broadcasts of each session. */
export const mapTurns = source({
  of: "map",
  key: {
    of: ({ event_type: type, session_id: session, payload }) =>
      type === "MAPTurnDispatched" || type === "MAPTurnCompleted"
        ? joinedIds([session, idIn(payload, "role_id"), "turn"])
        : joinedIds([session, "broadcast"]),
  },
  columns: { type: onlyOneOf("event_type", ANSWERING) },
  at: eventTime,
  once: "delivery",
  keep: "history",
});

/** Words for an end, those of the profiles and those that the profiles do not have. */
const ENDINGS =
  "(?:Completed|Failed|Cancelled|Canceled|Aborted|Skipped|Ended|Closed|Terminated|TimedOut|Expired)";

/** The beginnings and ends that profile events report. */
function halves(profile: "sa" | "map", type: string, key: Key) {
  const ending = new RegExp(`^${type}${ENDINGS}$`);
  const halfOf = ({ event_type: event }: JsonObject): string | undefined => {
    if (typeof event !== "string") return undefined;
    if (event === `${type}Started`) return "begun";
    return ending.test(event) ? "ended" : undefined;
  };
  return source({
    of: profile,
    key,
    columns: { half: onlyOneOf(halfOf, ["begun", "ended"]) },
    at: eventTime,
    once: "delivery",
    keep: "history",
  });
}

export const mapSessions = halves("map", "MAPSession", ids("session_id"));

export const saSteps = halves(
  "sa",
  "SAStep",
  ids("sa_id", ({ payload }) => idIn(payload, "step_id")),
);

function idIn(payload: unknown, field: string): unknown {
  return isJsonObject(payload) ? payload[field] : undefined;
}
