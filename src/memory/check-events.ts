import { STDIN } from "../input/open/open.js";
import { ArgumentError, nounOf, type OptionShapes, TEXT, TEXTS } from "../model/arguments.js";
import type { ShownReport } from "../model/shown.js";
import { refuseCheckOptions } from "../run/arguments.js";
import { check } from "../run/check.js";
import type { CheckOptions } from "../run/check-options.js";
import { OPTION_SHAPES } from "../run/option-shapes.js";
import { lineFor } from "./event-lines.js";

/** Events in the order of the log: objects, or lines of NDJSON as text or bytes. */
export type Events = Iterable<unknown> | AsyncIterable<unknown>;

/** The options of a check that has no files of its own. */
export interface EventOptions
  extends Omit<CheckOptions, "inputs" | "kinds" | "stdin" | "stdinName" | "configuration" | "follow"> {
  /** The name of the log in the report. Default: "events". */
  readonly name?: string;
  /** Files besides the events: mappings, snapshots, samples. Default: none. */
  readonly paths?: readonly string[];
}

const {
  inputs: _found,
  kinds: _kinds,
  stdin: _stdin,
  stdinName: _stdinName,
  configuration: _configuration,
  follow: _follow,
  ...CHECKED
} = OPTION_SHAPES;

export const EVENT_SHAPES: OptionShapes<EventOptions> = { ...CHECKED, name: TEXT, paths: TEXTS };

/**
 * Checks events that a program holds, as `check` does with the file that they would make, one event a line. Findings
 * that only the whole log shows have no column and no excerpt, as with every input that is read once.
 *
 * @throws ArgumentError if something is no event, or the arguments are not what their types say
 * @throws the errors of `check`, and those of the iterable
 */
export async function checkEvents(events: Events, options: EventOptions = {}): Promise<ShownReport> {
  refuseEvents(events);
  refuseCheckOptions(options, EVENT_SHAPES);
  const { name = "events", paths = [], ...others } = options;
  return check([STDIN, ...paths], { ...others, stdin: linesFor(events), stdinName: name });
}

function refuseEvents(events: unknown): void {
  if (typeof events === "string")
    throw new ArgumentError(
      'events must be a list, not a text: pass text.split("\\n"), or check a file with check()',
    );
  const isObject = typeof events === "object" && events !== null;
  if (isObject && (Symbol.iterator in events || Symbol.asyncIterator in events)) return;
  throw new ArgumentError(`events must be an iterable of events, not ${nounOf(events)}: pass [event]`);
}

async function* linesFor(events: Events): AsyncGenerator<Uint8Array> {
  let number = 0;
  for await (const event of events) yield lineFor(event, ++number);
}
