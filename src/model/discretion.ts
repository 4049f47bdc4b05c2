/** Says how much of what a sender has written is shown; whatever it says, no secret is. */
export interface Discretion {
  /** The name of a member, as it stands in a pointer. */
  name(name: string): string;
  /** What tells one thing from others: an id, the name of a module. */
  id(id: string): string;
  /** Free words. */
  text(text: string): string;
}
