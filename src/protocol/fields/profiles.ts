const PROFILE_TYPE = /^(SA|MAP)[A-Z][a-z]/;

/** The profile whose events have such an event_type: SAInitialized, MAPTurnDispatched and the like. */
export function profileOf(eventType: unknown): "sa" | "map" | undefined {
  if (typeof eventType !== "string") return undefined;
  const match = PROFILE_TYPE.exec(eventType);
  if (match === null) return undefined;
  return match[1] === "SA" ? "sa" : "map";
}
