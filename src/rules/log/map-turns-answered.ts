import type { Group } from "../../model/group.js";
import type { Examined, Observation, Observed } from "../../model/rule.js";
import { isJsonObject } from "../../model/subject.js";
import type { MplpLogRule } from "../shared/define.js";
import { deliveryOf, factsIn, historyEntry } from "../shared/log/history.js";
import { sayMissing } from "../shared/log/missing.js";
import { momentsOf } from "../shared/log/order.js";

/** The event types that answer each other, by the numbers under which they are kept. */
const TYPES: readonly unknown[] = [
  "MAPTurnDispatched",
  "MAPTurnCompleted",
  "MAPBroadcastSent",
  "MAPBroadcastReceived",
];
const [DISPATCHED, COMPLETED, SENT] = [0, 1, 2];

/** MAP-2: a turn that was dispatched is completed, a broadcast that was sent is received. */
export const mapTurnsAnswered: MplpLogRule<number> = {
  evidence: "log",
  id: "map-turns-answered",
  clauses: ["MAP-2"],
  title: "MAP turns and broadcasts are answered",
  why: "A turn without its end leaves the session's token with nobody.",
  fix: "Emit MAPTurnCompleted for every MAPTurnDispatched of a role, and MAPBroadcastReceived for broadcasts.",
  scopes: ["map"],
  store: "columns",
  order: "causal",
  deliveryOf,
  atLeast: 1,
  observe: (examined) => {
    const { subject, event } = examined;
    if (subject.kind !== "profile-event" || subject.profile !== "map") return undefined;
    const type = TYPES.indexOf(event.event_type);
    if (type < 0) return undefined;
    return type < SENT
      ? turnOf(examined, type)
      : historyEntry(examined, [event.session_id, "broadcast"], type);
  },
  judge: (_key, history, judging) => {
    for (const entry of unanswered(history)) {
      const type = factsIn(entry);
      const message = `a ${TYPES[type]} has no ${TYPES[type ^ 1]}`;
      sayMissing("MAP-2", { at: entry.at, message, pointer: "/event_type" }, judging);
    }
  },
};

function turnOf(examined: Examined, type: number): Observed<number> | undefined {
  const { session_id: session, payload } = examined.event;
  const role = isJsonObject(payload) ? payload.role_id : undefined;
  return historyEntry(examined, [session, role, "turn"], type);
}

/** The events of one role's turns, or of one session's broadcasts, whose other half is missing. */
function* unanswered(history: Group<number>): Generator<Observation<number>> {
  const [, , sent = 0, received = 0] = countsIn(history, 0, history.length);
  if ((sent === 0) !== (received === 0)) {
    const first = history.at(0);
    if (first !== undefined) yield first;
    return;
  }
  let answered = 0;
  let open = 0;
  for (const { from, to } of momentsOf(history)) {
    const [dispatched = 0, completed = 0] = countsIn(history, from, to);
    const matched = Math.min(open + dispatched, completed);
    yield* behind(history, from, to, COMPLETED, matched);
    answered += matched;
    open += dispatched - matched;
  }
  yield* behind(history, 0, history.length, DISPATCHED, answered);
}

/** How many there are of each type, in a part of a history. */
function countsIn(history: Group<number>, from: number, to: number): number[] {
  const counts = TYPES.map(() => 0);
  for (let place = from; place < to; place++) {
    const entry = history.at(place);
    const type = entry === undefined ? -1 : factsIn(entry);
    counts[type] = (counts[type] ?? 0) + 1;
  }
  return counts;
}

/** The entries of a type, in a part of a history, but for the first so many. */
function* behind(
  history: Group<number>,
  from: number,
  to: number,
  type: number,
  skipped: number,
): Generator<Observation<number>> {
  let left = skipped;
  for (let place = from; place < to; place++) {
    const entry = history.at(place);
    if (entry !== undefined && factsIn(entry) === type && left-- <= 0) yield entry;
  }
}
