import { logRule } from "../shared/define.js";
import { begunAndEnded } from "../shared/log/begun-and-ended.js";
import { mapSessions } from "../sources/profiles.js";

/** MAP-2: in a complete log a session that was opened is closed. */
export const mapSessionsEnded = logRule({
  source: mapSessions,
  judgesOrder: true,
  ...begunAndEnded({
    clause: "MAP-2",
    finding: { message: "a session that was opened is never closed" },
  }),
  id: "map-sessions-ended",
  clauses: ["MAP-2"],
  title: "A MAP session is closed",
  why: "A client that waits for the result of a session must learn that the session is over.",
  fix: "Emit MAPSessionCompleted when a session ends, whatever its result.",
});
