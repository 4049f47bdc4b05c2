import { isJsonObject } from "../../model/subject.js";
import { dataOf, type HeldObject } from "../excerpt.js";
import type { Mutation } from "../mutation.js";
import { changing, isOnly, set } from "./building.js";

const isOf =
  (profile: "sa" | "map") =>
  ({ subject }: HeldObject): boolean =>
    subject.kind === "profile-event" && subject.profile === profile;

function isTurnEnd(record: HeldObject): boolean {
  const { event_type: type, session_id: session, payload } = dataOf(record);
  const isNamed = typeof session === "string" && isJsonObject(payload) && typeof payload.role_id === "string";
  return isOf("map")(record) && type === "MAPTurnCompleted" && isNamed;
}

/** Events of the profiles. */
export const PROFILE_MUTATIONS: readonly Mutation[] = [
  changing(
    { clause: "SA-1", name: "an SA event gets a member that its schema does not have", wants: "SA event" },
    { fits: isOf("sa"), pointer: "/selftest", to: set({ selftest: true }) },
  ),
  changing(
    { clause: "SA-1", name: "an SA event loses its sa_id", wants: "SA event" },
    { fits: isOf("sa"), pointer: "/sa_id", to: set({ sa_id: undefined }) },
  ),
  changing(
    { clause: "MAP-1", name: "a MAP event gets a member that its schema does not have", wants: "MAP event" },
    { fits: isOf("map"), pointer: "/selftest", to: set({ selftest: true }) },
  ),
  {
    clause: "MAP-2",
    name: "the end of a turn is removed",
    needs: ["complete", "all-read"],
    wants: "MAPTurnCompleted event with a session_id and a role_id",
    *places(excerpt) {
      const about = excerpt.where(isOf("map"));
      for (const record of about)
        if (isTurnEnd(record) && isOnly(record, excerpt))
          yield { at: record, pointer: "/event_type", about, edits: () => [{ record, lines: [] }] };
    },
  },
];
