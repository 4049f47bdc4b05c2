/** Something that could not be read, and why. */
export interface InputProblem {
  readonly path: string;
  readonly message: string;
}
