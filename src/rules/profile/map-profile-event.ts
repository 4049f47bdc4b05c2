import type { MplpEventRule } from "../shared/define.js";
import { profileEvent } from "../shared/profile/profile-event.js";

/** MAP-1: an event of the Multi-Agent profile conforms to the MAP event schema. */
export const mapProfileEvent: MplpEventRule = {
  ...profileEvent("map", "MAP-1"),
  id: "map-profile-event",
  title: "MAP events conform to their schema",
  why: "Profile events have a closed schema of their own, without event_family.",
  fix: "Set event_id, event_type, timestamp and session_id, and use the event types of the MAP profile.",
};
