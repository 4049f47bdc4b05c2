/** A clean event. */
const event = {
  event_id: "0a7c6f4e-52a1-4f7e-9b1d-6f0e3c9a8b71",
  event_type: "intent_received",
  event_family: "intent",
  timestamp: "2026-01-05T08:00:00Z",
};

/** The event with an id for a number, and other members. */
export const numbered = (number: number, members: object): string =>
  JSON.stringify({
    ...event,
    event_id: `0a7c6f4e-52a1-4f7e-9b1d-${String(number).padStart(12, "0")}`,
    ...members,
  });
