import { readFile, rm } from "node:fs/promises";
import type { Policy, Report } from "../index.js";
import { type Capture, type ListenOptions, LiveServer, RecordJudge } from "../live/index.js";
import { Companion } from "./companion.js";
import { say } from "./diagnostics.js";
import type { Signals } from "./interruption.js";
import { listenCommand } from "./listen-command.js";
import { refuseUnsafe, tokenIn } from "./listen-safety.js";
import { CAPTURE, openCapture } from "./open-capture.js";
import { type Invocation, kindsIn, type Telling, tellingOf } from "./options/invocation.js";
import type { OptionValues } from "./options/table.js";
import { writeFileWhole } from "./outputs.js";
import { parse } from "./parse.js";
import { policyFor } from "./policy-for.js";
import { refuseOutputs } from "./refuse-outputs.js";
import { reportOn, runCheck } from "./run-check.js";
import type { Streams } from "./streams.js";
import { withTemporary } from "./temporary-files.js";
import { UsageError } from "./usage-error.js";
import { rendered } from "./write-reports.js";

/** Runs `mplp-check listen [-- COMMAND]`. @throws UsageError, ProtocolError, ConfigError */
export async function listen(args: readonly string[], streams: Streams, signals: Signals): Promise<number> {
  const session = await Session.open(args, streams, signals);
  try {
    return await session.run();
  } finally {
    await session.close();
  }
}

/** Responsible for: one run of `listen`, from the capture's first line to the exit code. */
class Session {
  readonly #invocation: Invocation;
  readonly #command: readonly string[];
  readonly #capture: Capture;
  readonly #streams: Streams;
  readonly #signals: Signals;

  private constructor(
    invocation: Invocation,
    command: readonly string[],
    capture: Capture,
    streams: Streams,
    signals: Signals,
  ) {
    this.#invocation = invocation;
    this.#command = command;
    this.#capture = capture;
    this.#streams = streams;
    this.#signals = signals;
  }

  static async open(args: readonly string[], streams: Streams, signals: Signals): Promise<Session> {
    const { own, command } = split(args);
    const program = parse(listenCommand(), own);
    const [path] = program.args;
    if (path !== undefined)
      throw new UsageError(`listen reads no ${path}: a command goes behind --, a mapping to --mapping`);
    const telling = await tellingOf(program, streams.env);
    refuseUnsafe(telling);
    const kinds = kindsIn(program.opts<OptionValues>());
    const { capture: name = CAPTURE } = telling;
    const isDefaultPort = program.getOptionValueSource("port") === "default";
    const port = command.length > 0 && isDefaultPort ? 0 : telling.port;
    const paths = [...new Set([name, ...Object.keys(kinds)])];
    const invocation = { ...telling, port, capture: name, kinds, paths };
    // That of an earlier server, which was killed, must not be taken for this one's.
    if (telling.readyFile !== undefined) await rm(telling.readyFile, { force: true });
    const capture = await openCapture(telling, streams);
    return new Session(invocation, command, capture, streams, signals);
  }

  async run(): Promise<number> {
    const policy = await policyFor(this.#invocation);
    await refuseOutputs(this.#invocation, new AbortController().signal);
    const server = await this.#start(policy);
    const { readyFile } = this.#invocation;
    const serve = () => this.#serve(server);
    return readyFile === undefined
      ? serve()
      : withTemporary(readyFile, async () => {
          await writeFileWhole(readyFile, [`${JSON.stringify(this.#readiness(server))}\n`]);
          return serve();
        });
  }

  close(): Promise<void> {
    return this.#capture.close();
  }

  async #serve(server: LiveServer): Promise<number> {
    const asked = this.#signals.ending();
    if (!this.#invocation.quiet)
      say(this.#streams, `listening on ${server.url}, writing ${this.#capture.path}`);
    const companion = Companion.start(this.#command, { ...this.#streams.env, MPLP_RUNTIME_URL: server.url });
    await Promise.race([server.askedToEnd, aborted(asked), companion?.ended ?? never()]);
    await companion?.stop(this.#invocation.drain);
    await server.drain();
    let report: Report | undefined;
    const code = await runCheck(this.#invocation, this.#streams, this.#signals, (made) => {
      report = made;
    }).finally(() => server.close(report));
    return this.#isWhole(companion) ? code : 2;
  }

  /** False if something is missing from the capture that should be there. */
  #isWhole(companion: Companion | undefined): boolean {
    const { path, hasFailed } = this.#capture;
    if (hasFailed) say(this.#streams, `${path}: not all events could be stored (exit 2)`);
    if (companion?.failure !== undefined)
      say(this.#streams, `${companion.failure}: events may be missing (exit 2)`);
    return !hasFailed && companion?.failure === undefined;
  }

  async #start(policy: Policy): Promise<LiveServer> {
    const { configuration: _ours, follow: _none, ...told } = this.#invocation;
    const { host, port, capture: path = CAPTURE } = told;
    const options: ListenOptions = {
      ...(await this.#limits()),
      host,
      port,
      capture: this.#capture,
      judge: await RecordJudge.open(path, { ...told, policy }),
      report: () => reportOn(this.#invocation, policy),
      render: (report, format) => rendered(report, format, this.#invocation),
    };
    return LiveServer.start(options).catch(async (error: NodeJS.ErrnoException) => {
      if (error.syscall !== "listen" && error.syscall !== "getaddrinfo") throw error;
      const why =
        error.code === "EADDRINUSE" ? "the port is in use: name another with --port" : error.message;
      throw new UsageError(`cannot listen on ${host}:${port}: ${why}`);
    });
  }

  async #limits() {
    const { maxBody, maxQueue, reject, drain, idleTimeout, untilEvents, tokenFile } = this.#invocation;
    const token = await tokenIn(tokenFile);
    const tls = await tlsOf(this.#invocation);
    return {
      maxBody,
      maxQueue,
      reject,
      drainMs: drain,
      ...(idleTimeout !== undefined && { idleMs: idleTimeout }),
      ...(untilEvents !== undefined && { untilEvents }),
      ...(token !== undefined && { token }),
      ...(tls !== undefined && { tls }),
    };
  }

  #readiness(server: LiveServer): object {
    return { url: server.url, pid: process.pid, capture: this.#capture.path };
  }
}

/** What stands behind -- is the command. */
function split(args: readonly string[]): {
  readonly own: readonly string[];
  readonly command: readonly string[];
} {
  const at = args.indexOf("--");
  if (at < 0) return { own: args, command: [] };
  if (at === args.length - 1) throw new UsageError("there is no command behind --");
  return { own: args.slice(0, at), command: args.slice(at + 1) };
}

async function tlsOf({ tlsCert, tlsKey }: Telling): Promise<ListenOptions["tls"]> {
  if (tlsCert === undefined || tlsKey === undefined) return undefined;
  return { cert: await readFile(tlsCert), key: await readFile(tlsKey) };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve());
  });
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
