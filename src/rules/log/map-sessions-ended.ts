import type { MplpLogRule } from "../shared/define.js";
import { begunAndEnded } from "../shared/log/begun-and-ended.js";

/** MAP-2: in a complete log a session that was opened is closed. */
export const mapSessionsEnded: MplpLogRule<number> = {
  ...begunAndEnded({
    profile: "map",
    type: "MAPSession",
    clause: "MAP-2",
    finding: { message: "a session that was opened is never closed" },
    idsOf: ({ session_id: session }) => [session],
  }),
  id: "map-sessions-ended",
  clauses: ["MAP-2"],
  title: "A MAP session is closed",
  why: "Whoever waits for the result of a session must know when there is nothing to come.",
  fix: "Emit MAPSessionCompleted when a session ends, however it ends.",
};
