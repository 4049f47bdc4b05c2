import type { IncomingMessage } from "node:http";
import type { RecordJudge } from "../run/record-judge.js";
import type { Budget } from "./body/budget.js";
import { linesOf } from "./body/lines.js";
import { isDeclaredAsLines, refuseBinary } from "./body/media.js";
import { readBody } from "./body/read-body.js";
import type { Capture } from "./capture.js";
import type { FindingFeed } from "./feed.js";
import { FoundTally } from "./found-tally.js";
import type { Answer } from "./http/answer.js";
import { Refusal } from "./http/refusal.js";
import type { RememberedAnswers } from "./remembered.js";
import { accepted, exported, rejected, type Taken } from "./reply.js";
import type { Inlet } from "./routes.js";
import { CaptureError } from "./stored.js";
import { warningsAbout } from "./warnings.js";

export interface IntakeParts {
  readonly capture: Capture;
  readonly judge: RecordJudge;
  readonly feed: FindingFeed;
  readonly budget: Budget;
  readonly answers: RememberedAnswers;
  /** The greatest length of a body, in bytes. */
  readonly maxBody: number;
  /** True if events that break a MUST are answered with 422. */
  readonly reject: boolean;
}

/**
 * Responsible for: one posted request: body in, lines stored and judged, answer out.
 * May not: answer with 2xx before the lines are stored.
 */
export class Intake {
  readonly #parts: IntakeParts;
  /** Records whose senders know that they are stored. */
  acknowledged = 0;
  /** Requests under way. */
  underWay = 0;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** @throws Refusal if nothing was stored */
  async take(request: IncomingMessage, path: string, inlet: Inlet): Promise<Answer> {
    this.underWay++;
    try {
      return await this.#take(request, path, inlet);
    } finally {
      this.underWay--;
    }
  }

  async #take(request: IncomingMessage, path: string, inlet: Inlet): Promise<Answer> {
    const { maxBody, budget, answers } = this.#parts;
    const isLines = isDeclaredAsLines(request.headers);
    const body = await readBody(request, maxBody, budget);
    try {
      refuseBinary(body.bytes);
      const lines = linesOf(body.bytes, isLines);
      if (lines === undefined)
        throw new Refusal(400, "the body must be a JSON object, an array of objects, or NDJSON");
      const action = () => this.#store(lines, inlet);
      const key = request.headers["idempotency-key"];
      return await (typeof key === "string" ? answers.once(path, key, body.bytes, action) : action());
    } finally {
      body.release();
    }
  }

  async #store(lines: readonly Buffer[], inlet: Inlet): Promise<Answer> {
    const { capture, judge, feed, reject } = this.#parts;
    if (lines.length === 0) return accepted({ from: 1, lines: 0, found: new FoundTally(), warnings: [] });
    const bytes = Buffer.concat(lines.flatMap((line) => [line, LINE_END]));
    const from = await capture.append(bytes, lines.length).catch(refuse);
    this.acknowledged += lines.length;
    const found = new FoundTally();
    for await (const part of judge.judge(bytes)) {
      const findings = part.map((finding) => ({ ...finding, line: finding.line + from - 1 }));
      feed.add(findings);
      found.add(findings);
    }
    const taken = { from, lines: lines.length, found, warnings: warningsAbout(lines, inlet, from) };
    return inlet.isExport === true ? exported(taken, reject) : this.#answerTo(taken);
  }

  #answerTo(taken: Taken): Answer {
    return this.#parts.reject && taken.found.levels.MUST > 0 ? rejected(taken) : accepted(taken);
  }
}

const LINE_END = Buffer.from("\n");

function refuse(error: unknown): never {
  throw error instanceof CaptureError ? new Refusal(503, error.message) : error;
}
