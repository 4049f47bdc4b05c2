/** Thrown if no smaller log can be made of a finding. The message says why, in one or more lines. */
export class SliceError extends Error {
  override readonly name = "SliceError";
}
