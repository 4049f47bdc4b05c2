/** An input that could not be read, and the reason. */
export interface InputProblem {
  readonly path: string;
  readonly message: string;
}
