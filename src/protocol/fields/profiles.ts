const PROFILE_TYPE = /^(SA|MAP)[A-Z][a-z]/;

/** The profile of an event_type such as SAInitialized or MAPTurnDispatched. */
export function profileOf(eventType: unknown): "sa" | "map" | undefined {
  if (typeof eventType !== "string") return undefined;
  const match = PROFILE_TYPE.exec(eventType);
  if (match === null) return undefined;
  return match[1] === "SA" ? "sa" : "map";
}
