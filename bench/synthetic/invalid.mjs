// What is wrong with an event of an invalid log: each breaks one thing that its schema or an invariant asks for.
import { changed, isExecution, isGraphUpdate } from "./events.mjs";

const ANY = [
  changed((_, random) => ({ event_id: `evt-${random.below(1e9)}` })),
  changed(({ event_id: id }) => ({ event_id: `${id.slice(0, 14)}1${id.slice(15)}` })),
  changed(({ timestamp }) => ({ timestamp: timestamp.replace("T", " ") })),
  changed({ timestamp: undefined }),
  changed({ event_type: "" }),
  changed({ payload: "see attachment" }),
];
const OWN = [
  [isGraphUpdate, [changed({ update_kind: "node_insert" }), changed({ node_delta: "1" })]],
  [({ stage_id }) => stage_id !== undefined, [changed({ stage_status: "done" }), changed({ stage_id: "" })]],
  [isExecution("running"), [changed({ executor_kind: "human" }), changed({ execution_id: "run-1" })]],
];

/** An event with one thing wrong. */
export function invalidated(event, random) {
  const own = OWN.find(([suits]) => suits(event))?.[1] ?? [];
  return random.pick([...ANY, ...own])(event, random);
}
