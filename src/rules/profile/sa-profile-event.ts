import type { MplpEventRule } from "../shared/define.js";
import { profileEvent } from "../shared/profile/profile-event.js";

/** SA-1: an event of the Single Agent profile conforms to the SA event schema. */
export const saProfileEvent: MplpEventRule = {
  ...profileEvent("sa", "SA-1"),
  id: "sa-profile-event",
  title: "SA events conform to their schema",
  why: "Profile events have a closed schema of their own, without event_family.",
  fix: "Set event_id, event_type, timestamp and sa_id, and use the event types of the SA profile.",
};
