/** A mistake in a configuration. */
export interface ConfigProblem {
  readonly pointer: string;
  readonly message: string;
}

/** The end of a message that suggests the most likely meaning. */
export function didYouMean(meant: string | undefined): string {
  return meant === undefined ? "" : `; did you mean ${meant}?`;
}
