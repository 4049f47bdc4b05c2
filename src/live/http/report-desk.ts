import type { IncomingMessage, ServerResponse } from "node:http";
import type { ShownReport } from "../../model/shown.js";
import { exitCodeOf } from "../../model/verdict.js";
import type { FormatName } from "../../report/index.js";
import type { Capture } from "../capture.js";
import { type Answer, problemAnswer, send, textAnswer } from "./answer.js";
import { Refusal } from "./refusal.js";
import { REPORT_TYPES } from "./report-types.js";
import { formatIn } from "./requests.js";

export interface ReportDeskParts {
  readonly capture: Capture;
  /** The report on what the capture holds now. */
  readonly report: () => Promise<ShownReport>;
  readonly render: (report: ShownReport, format: FormatName) => string;
}

/** Responsible for: who gets which report, and when. */
export class ReportDesk {
  readonly #parts: ReportDeskParts;
  /** Who waits for the report of the end. */
  readonly #waiting: { readonly response: ServerResponse; readonly format: FormatName }[] = [];
  #made: { readonly size: number; readonly report: ShownReport } | undefined;

  constructor(parts: ReportDeskParts) {
    this.#parts = parts;
  }

  /** The report on all that is stored. It is made once, however often it is asked for; meanwhile posts wait. */
  async now(request: IncomingMessage): Promise<Answer> {
    const format = formatIn(request);
    const { capture, report } = this.#parts;
    const made = await capture.whileStill(async () => {
      if (this.#made?.size !== capture.size) this.#made = { size: capture.size, report: await report() };
      return this.#made.report;
    });
    return this.#answer(made, format);
  }

  /** Keeps a request until there is the report of the end. */
  wait(request: IncomingMessage, response: ServerResponse): void {
    this.#waiting.push({ response, format: formatIn(request) });
    request.resume();
  }

  /** Gives the report of the end to all who wait, as long as they read it in time. */
  async handOut(report: ShownReport | undefined): Promise<void> {
    const failed = new Refusal(500, "there is no report: standard error says why");
    const sent = this.#waiting.splice(0).map(async ({ response, format }) => {
      send(response, report === undefined ? problemAnswer(failed) : this.#answer(report, format));
      await Promise.race([new Promise((resolve) => response.once("close", resolve)), patience()]);
    });
    await Promise.all(sent);
  }

  #answer(report: ShownReport, format: FormatName): Answer {
    const answer = textAnswer(200, this.#parts.render(report, format), REPORT_TYPES[format]);
    const ending = { "MPLP-Verdict": report.verdict, "MPLP-Exit-Code": String(exitCodeOf(report)) };
    return { ...answer, headers: { ...answer.headers, ...ending } };
  }
}

/** Milliseconds that somebody may take to read the report of the end. */
const REPORT_MS = 10_000;

function patience(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, REPORT_MS).unref());
}
