/** Thrown where a state cannot be written, or one that was given cannot be added to. The message names file and line. */
export class StateError extends Error {}
