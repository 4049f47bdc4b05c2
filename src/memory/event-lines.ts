import { ArgumentError, nounOf } from "../model/arguments.js";

const NEWLINE = "\n";

/**
 * The line of a log for an event: its JSON, or the text that a caller has.
 *
 * @param number of the event, from 1, for messages
 * @throws ArgumentError if there is no JSON for it
 */
export function lineFor(event: unknown, number: number): Buffer {
  if (event instanceof Uint8Array) return withEnd(Buffer.from(event));
  if (typeof event === "string") return withEnd(Buffer.from(event));
  if (typeof event !== "object" || event === null)
    throw new ArgumentError(`event ${number} must be an object or a line of JSON, not ${nounOf(event)}`);
  return withEnd(Buffer.from(jsonOf(event, number)));
}

function jsonOf(event: object, number: number): string {
  try {
    const text = JSON.stringify(event) as string | undefined;
    if (text !== undefined) return text;
  } catch (error) {
    throw new ArgumentError(`event ${number} cannot be written as JSON: ${(error as Error).message}`);
  }
  throw new ArgumentError(`event ${number} cannot be written as JSON: its toJSON gives nothing`);
}

function withEnd(line: Buffer): Buffer {
  return line.at(-1) === NEWLINE.charCodeAt(0) ? line : Buffer.concat([line, Buffer.from(NEWLINE)]);
}
