/** Decides how much of a sender's text is shown. It never shows secrets. */
export interface Discretion {
  /** The name of a member in a pointer. */
  name(name: string): string;
  /** An identifying text: an id, the name of a module. */
  id(id: string): string;
  /** Free words. */
  text(text: string): string;
}
