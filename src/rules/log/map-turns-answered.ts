import type { Group } from "../../model/group.js";
import type { Observation } from "../../model/rule.js";
import type { ValueOf } from "../../model/source.js";
import { logRule } from "../shared/define.js";
import { sayMissing } from "../shared/log/missing.js";
import { momentsOf } from "../shared/log/order.js";
import { type Answering, mapTurns } from "../sources/profiles.js";

type Turn = ValueOf<typeof mapTurns>;

/** The other half of each. */
const OTHER_HALF: Readonly<Record<Answering, Answering>> = {
  MAPTurnDispatched: "MAPTurnCompleted",
  MAPTurnCompleted: "MAPTurnDispatched",
  MAPBroadcastSent: "MAPBroadcastReceived",
  MAPBroadcastReceived: "MAPBroadcastSent",
};

/** MAP-2: a turn that was dispatched is completed, a broadcast that was sent is received. */
export const mapTurnsAnswered = logRule({
  id: "map-turns-answered",
  clauses: ["MAP-2"],
  title: "MAP turns and broadcasts are answered",
  why: "If the end of a turn is missing, nobody holds the session's token.",
  fix: "Emit MAPTurnCompleted for every MAPTurnDispatched of a role, and MAPBroadcastReceived for broadcasts.",
  source: mapTurns,
  judgesOrder: true,
  judge: (_key, history, judging) => {
    for (const entry of unanswered(history)) {
      const { type } = entry.value;
      const message = `a ${type} has no ${OTHER_HALF[type]}`;
      sayMissing("MAP-2", { at: entry.at, message, pointer: "/event_type" }, judging);
    }
  },
});

/** The events of one role's turns, or of one session's broadcasts, whose other half is missing. */
function* unanswered(history: Group<Turn>): Generator<Observation<Turn>> {
  const whole = { from: 0, to: history.length };
  const sent = countOf("MAPBroadcastSent", history, whole);
  const received = countOf("MAPBroadcastReceived", history, whole);
  if ((sent === 0) !== (received === 0)) {
    const first = history.at(0);
    if (first !== undefined) yield first;
    return;
  }
  let answered = 0;
  let open = 0;
  for (const moment of momentsOf(history)) {
    const dispatched = countOf("MAPTurnDispatched", history, moment);
    const completed = countOf("MAPTurnCompleted", history, moment);
    const matched = Math.min(open + dispatched, completed);
    yield* behind(history, moment, "MAPTurnCompleted", matched);
    answered += matched;
    open += dispatched - matched;
  }
  yield* behind(history, whole, "MAPTurnDispatched", answered);
}

interface Part {
  readonly from: number;
  readonly to: number;
}

/** How many there are of a type, in a part of a history. */
function countOf(type: Answering, history: Group<Turn>, { from, to }: Part): number {
  let count = 0;
  for (let place = from; place < to; place++) if (history.at(place)?.value.type === type) count++;
  return count;
}

/** The entries of a type in a part of a history, without the first `skipped` ones. */
function* behind(
  history: Group<Turn>,
  { from, to }: Part,
  type: Answering,
  skipped: number,
): Generator<Observation<Turn>> {
  let left = skipped;
  for (let place = from; place < to; place++) {
    const entry = history.at(place);
    if (entry?.value.type === type && left-- <= 0) yield entry;
  }
}
