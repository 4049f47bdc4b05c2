/**
 * The matcher `toConform` for Vitest: `import "mplp-check/vitest"` adds it to `expect`.
 *
 * @packageDocumentation
 */

import { expect } from "vitest";
import {
  ArgumentError,
  checkEvents,
  type EventOptions,
  type Events,
  exitCodeOf,
  type FailOn,
  FORMATS,
  nearest,
  type Report,
  type Sink,
} from "./index.js";

/** What fails a test, and the options of `checkEvents`, for events; a sink has those of its `createSink`. */
export interface ConformOptions extends EventOptions {
  /** The lowest level of findings that fails the test. Default: "must". */
  readonly failOn?: FailOn;
}

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: the interface that is extended has this parameter.
  interface Matchers<T = any> {
    /**
     * Passes if events, or those of a sink, have no finding at or above `failOn`, and something was checked. Await it.
     * `not.toConform()` passes if there are such findings.
     */
    toConform(options?: ConformOptions): Promise<T>;
  }
}

expect.extend({
  async toConform(received: Events | Sink, { failOn = "must", ...options }: ConformOptions = {}) {
    refuseMisspelled(options);
    const report = await (isSink(received) ? reportOf(received, options) : checkEvents(received, options));
    const code = exitCodeOf(report, failOn);
    // Where nothing was checked, neither claim is shown.
    return { pass: this.isNot ? code !== 1 : code === 0, message: () => textOf({ ...report, failOn }) };
  },
});

/** The functions that take the other options do not know failOn. @throws ArgumentError */
function refuseMisspelled(options: EventOptions): void {
  const name = Object.keys(options).find((each) => nearest(each, ["failOn"]) !== undefined);
  if (name !== undefined) throw new ArgumentError(`there is no option ${name}: did you mean failOn?`);
}

function isSink(received: Events | Sink): received is Sink {
  return typeof received === "object" && received !== null && "emit" in received && "report" in received;
}

/** A sink has its own options: others would be ignored. @throws ArgumentError */
function reportOf(sink: Sink, options: EventOptions): Promise<Report> {
  const [name] = Object.keys(options);
  if (name === undefined) return sink.report();
  throw new ArgumentError(
    `a sink takes its options when it is made: pass ${name} to createSink, not to toConform`,
  );
}

function textOf(report: Report): string {
  return [...FORMATS.compact(report, { color: false })].join("");
}
