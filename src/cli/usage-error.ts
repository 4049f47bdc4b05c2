/**
 * Thrown where the command line cannot be followed. The message is a sentence or a few lines for standard error; the
 * program's name and the way to the help are added there.
 */
export class UsageError extends Error {}

/** Thrown where a help or the version was asked for; the message is the text for standard output. */
export class HelpAsked extends Error {}
