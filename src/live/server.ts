import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ShownReport } from "../model/shown.js";
import { Budget } from "./body/budget.js";
import type { Capture } from "./capture.js";
import { Ending } from "./ending.js";
import { FindingFeed } from "./feed.js";
import { type Answer, problemAnswer, send, textAnswer } from "./http/answer.js";
import { EventStreams } from "./http/event-stream.js";
import { Guard } from "./http/guard.js";
import { type Counts, metricsText } from "./http/metrics.js";
import { Refusal } from "./http/refusal.js";
import { ReportDesk, type ReportDeskParts } from "./http/report-desk.js";
import { method, page, pathOf } from "./http/requests.js";
import { Intake, type IntakeParts } from "./intake.js";
import { RememberedAnswers } from "./remembered.js";
import { INLETS } from "./routes.js";

export interface ListenOptions
  extends Omit<ReportDeskParts, "capture">,
    Pick<IntakeParts, "judge" | "maxBody" | "reject"> {
  /** Called once nothing else can keep the server from starting. */
  readonly openCapture: () => Promise<Capture>;
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer };
  readonly token?: string;
  /** Bytes that all requests together may hold. */
  readonly maxQueue: number;
  /** Milliseconds without a request after which the server wants to end. Default: it never does. */
  readonly idleMs?: number;
  /** Records after which the server wants to end. Default: any number. */
  readonly untilEvents?: number;
  /** Milliseconds that requests under way get to end. */
  readonly drainMs: number;
}

const SETTINGS = {
  /** Milliseconds for the headers of a request, and for the whole request: who sends more slowly is sent away. */
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  /** Milliseconds between two looks at which requests are late. */
  connectionsCheckingInterval: 2000,
};

/**
 * Responsible for: the connections and paths of a running server.
 * May not: judge events, or end the process.
 */
export class LiveServer {
  readonly #options: ListenOptions;
  readonly #capture: Capture;
  readonly #server: Server;
  readonly #guard: Guard;
  readonly #feed = new FindingFeed();
  readonly #budget: Budget;
  readonly #intake: Intake;
  readonly #streams: EventStreams;
  readonly #ending: Ending;
  readonly #desk: ReportDesk;
  #received = 0;
  #refused = 0;
  #turnedAway = 0;
  #isReady = true;
  #drained: Promise<void> | undefined;

  private constructor(options: ListenOptions, capture: Capture, server: Server) {
    this.#options = options;
    this.#capture = capture;
    this.#server = server;
    this.#guard = new Guard(options.host, options.token);
    this.#budget = new Budget(options.maxQueue);
    this.#intake = new Intake({
      ...options,
      capture,
      feed: this.#feed,
      budget: this.#budget,
      answers: new RememberedAnswers(),
    });
    this.#streams = new EventStreams(this.#feed, () => this.#countsShown());
    this.#ending = new Ending(options);
    this.#desk = new ReportDesk({ ...options, capture });
  }

  /**
   * Starts listening, and opens the capture once it does.
   *
   * @throws errors of the system, such as EADDRINUSE, and those of `openCapture`
   */
  static async start(options: ListenOptions): Promise<LiveServer> {
    let open: (live: LiveServer) => void = () => undefined;
    // Requests that come before the capture is open wait for it.
    const opened = new Promise<LiveServer>((resolve) => {
      open = resolve;
    });
    const server = await listening(
      options,
      (request, response) => void opened.then((live) => live.#handle(request, response)),
    );
    try {
      const live = new LiveServer(options, await options.openCapture(), server);
      open(live);
      return live;
    } catch (error) {
      server.close();
      server.closeAllConnections();
      throw error;
    }
  }

  /** The address that clients use. */
  get url(): string {
    const { address, family, port } = this.#server.address() as AddressInfo;
    const scheme = this.#options.tls === undefined ? "http" : "https";
    const name =
      { "0.0.0.0": "127.0.0.1", "::": "[::1]" }[address] ?? (family === "IPv6" ? `[${address}]` : address);
    return `${scheme}://${name}:${port}`;
  }

  /** Fulfilled once the server was asked to end: by /stop, by the number of records, or by nobody for a long time. */
  get askedToEnd(): Promise<void> {
    return this.#ending.asked;
  }

  /** True if something could not be stored at some time. */
  get hasLost(): boolean {
    return this.#capture.hasFailed;
  }

  /** True if the capture was no longer that of the server when it was closed. */
  get isChanged(): boolean {
    return this.#capture.isChanged;
  }

  /** The number of posts that were refused because of their content. They may have held events. */
  get turnedAway(): number {
    return this.#turnedAway;
  }

  get counts(): Counts {
    return {
      received: this.#received,
      refused: this.#refused,
      queued: this.#intake.underWay,
      queuedBytes: this.#budget.held,
      acknowledged: this.#intake.acknowledged,
    };
  }

  /**
   * Takes no new requests, and lets those under way end. After that, the server acknowledges nothing. Several calls
   * drain a server only once.
   */
  drain(): Promise<void> {
    this.#drained ??= this.#drain();
    return this.#drained;
  }

  /** Gives the report to whoever has asked for it with /stop, ends all connections, and lets go of the capture. */
  async close(report: ShownReport | undefined): Promise<void> {
    this.#server.closeIdleConnections();
    await this.#desk.handOut(report);
    this.#server.closeAllConnections();
    this.#capture.release();
  }

  async #drain(): Promise<void> {
    this.#isReady = false;
    this.#server.close();
    this.#server.closeIdleConnections();
    const deadline = Date.now() + this.#options.drainMs;
    while (this.#intake.underWay > 0 && Date.now() < deadline) await pause();
    await this.#capture.close();
    this.#streams.close();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.on("error", () => undefined);
    response.on("error", () => undefined);
    const inlet = INLETS.get(pathOf(request));
    if (inlet !== undefined) this.#ending.touch();
    if (inlet !== undefined) this.#received++;
    try {
      const answer = await this.#answer(request, response);
      if (answer !== undefined) send(response, answer);
    } catch (error) {
      if (inlet !== undefined) this.#refused++;
      if (request.method === "POST" && isFinal(error)) this.#turnedAway++;
      this.#refuse(request, response, error);
    }
    this.#ending.count(this.#intake.acknowledged);
  }

  /** The answer; undefined if it is sent bit by bit, or later. */
  async #answer(request: IncomingMessage, response: ServerResponse): Promise<Answer | undefined> {
    const path = pathOf(request);
    this.#guard.refuseForeign(request);
    if (path === "/healthz") return method(request, "GET", () => textAnswer(200, "alive\n"));
    if (path === "/readyz") return method(request, "GET", () => this.#readiness());
    this.#guard.refuseUnknown(request);
    const inlet = INLETS.get(path);
    if (inlet !== undefined) return method(request, "POST", () => this.#take(request, path, inlet));
    if (path === "/stop") return method(request, "POST", () => this.#stop(request, response));
    if (path === "/report") return method(request, "GET", () => this.#desk.now(request));
    if (path === "/metrics") return method(request, "GET", () => this.#metrics());
    if (path === "/findings") return method(request, "GET", () => this.#follow(request, response));
    if (path === "/") return method(request, "GET", () => page());
    throw new Refusal(404, `nothing is at this path: post events to ${[...INLETS.keys()].join(", ")}`);
  }

  #take(request: IncomingMessage, path: string, inlet: NonNullable<ReturnType<typeof INLETS.get>>) {
    if (!this.#isReady) throw new Refusal(503, "the server is about to end");
    return this.#intake.take(request, path, inlet);
  }

  #readiness(): Answer {
    if (!this.#isReady) throw new Refusal(503, "the server is about to end");
    if (!this.#capture.canStore) throw new Refusal(503, "the capture cannot be written");
    return textAnswer(200, "ready\n");
  }

  #metrics(): Answer {
    const type = "text/plain; version=0.0.4; charset=utf-8";
    return textAnswer(200, metricsText(this.counts, this.#feed), type);
  }

  #stop(request: IncomingMessage, response: ServerResponse): undefined {
    this.#desk.wait(request, response);
    this.#ending.ask();
  }

  #follow(request: IncomingMessage, response: ServerResponse): undefined {
    this.#streams.open(request, response);
  }

  #countsShown(): object {
    const { received, refused, queued, acknowledged } = this.counts;
    return { received, refused, queued, acknowledged, findings: this.#feed.byLevel };
  }

  /** Tells why, and reads no more of the request than its time allows. */
  #refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    const refusal =
      error instanceof Refusal ? error : new Refusal(500, "internal error: the event may be stored");
    const isRead = request.complete || request.method === "GET";
    if (!isRead) response.shouldKeepAlive = false;
    send(response, problemAnswer(refusal));
    request.resume();
  }
}

/** No sender tries again after these: 401 and 403 are for others, and 503 asks for another try. */
const FINAL: readonly number[] = [400, 404, 409, 413, 415];

function isFinal(error: unknown): boolean {
  return error instanceof Refusal && FINAL.includes(error.status);
}

/** A server that listens. @throws errors of the system */
async function listening({ host, port, tls }: ListenOptions, listener: RequestListener): Promise<Server> {
  const { createServer: plain } = await import("node:http");
  const { createServer: secure } = await import("node:https");
  const server = tls === undefined ? plain(SETTINGS, listener) : secure({ ...SETTINGS, ...tls }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, resolve);
  });
  server.on("error", () => undefined);
  return server;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}
