/** Thrown if a state cannot be written, or a given state cannot be added. The message names file and line. */
export class StateError extends Error {}
