/** Something wrong in a configuration. */
export interface ConfigProblem {
  readonly pointer: string;
  readonly message: string;
}

/** What was most likely meant, at the end of a message. */
export function didYouMean(meant: string | undefined): string {
  return meant === undefined ? "" : `; did you mean ${meant}?`;
}
