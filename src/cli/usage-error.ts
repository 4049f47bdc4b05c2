/** Thrown where the command line cannot be followed; the text is for standard error, or the help that was asked for. */
export class UsageError extends Error {
  readonly isHelp: boolean;

  constructor(text: string, isHelp = false) {
    super(text);
    this.isHelp = isHelp;
  }
}
