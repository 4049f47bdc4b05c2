import type { Command } from "commander";
import type { Policy, Report } from "../index.js";
import { type ListenOptions, LiveServer, RecordJudge } from "../live/index.js";
import { counted } from "../model/counted.js";
import { Companion } from "./companion.js";
import { say } from "./diagnostics.js";
import type { Signals } from "./interruption.js";
import { listenCommand } from "./listen-command.js";
import { refuseUnsafe, tlsIn, tokenIn } from "./listen-safety.js";
import { CAPTURE, openCapture, refuseCapture } from "./open-capture.js";
import { type Invocation, kindsIn, type Telling, tellingOf } from "./options/invocation.js";
import { checkOptionsIn } from "./options/library-options.js";
import type { OptionValues } from "./options/table.js";
import { parse } from "./parse.js";
import { policyFor } from "./policy-for.js";
import { refuseReadyFile, whileReady } from "./ready-file.js";
import { refuseOutputs } from "./refuse-outputs.js";
import { reportOn, runCheck } from "./run-check.js";
import type { Streams } from "./streams.js";
import { UsageError } from "./usage-error.js";
import { rendered } from "./write-reports.js";

/** Runs `mplp-check listen [-- COMMAND]`. @throws UsageError, ProtocolError, ConfigError */
export async function listen(args: readonly string[], streams: Streams, signals: Signals): Promise<number> {
  const { own, command } = split(args);
  const listening = await understood(parse(listenCommand(), own), command, streams);
  return new Session(listening, command, streams, signals).run();
}

/** A command line, understood. */
interface Listening {
  /** As the user gave it; undefined without `--capture`. */
  readonly telling: Telling;
  readonly invocation: Invocation;
}

async function understood(
  program: Command,
  command: readonly string[],
  { env }: Streams,
): Promise<Listening> {
  const [path] = program.args;
  if (path !== undefined)
    throw new UsageError(
      `listen takes no path (${path}): write a command after --, a mapping after --mapping`,
    );
  const telling = await tellingOf(program, env);
  refuseUnsafe(telling);
  const kinds = kindsIn(program.opts<OptionValues>());
  const { capture = CAPTURE } = telling;
  const isDefaultPort = program.getOptionValueSource("port") === "default";
  const port = command.length > 0 && isDefaultPort ? 0 : telling.port;
  const paths = [...new Set([capture, ...Object.keys(kinds)])];
  return { telling, invocation: { ...telling, port, capture, kinds, paths } };
}

/** Responsible for: one run of `listen`, from its first look at the files to the exit code. */
class Session {
  readonly #telling: Telling;
  readonly #invocation: Invocation;
  readonly #capture: string;
  readonly #command: readonly string[];
  readonly #streams: Streams;
  readonly #signals: Signals;
  #report: Report | undefined;

  constructor(
    { telling, invocation }: Listening,
    command: readonly string[],
    streams: Streams,
    signals: Signals,
  ) {
    this.#telling = telling;
    this.#invocation = invocation;
    this.#capture = invocation.capture ?? CAPTURE;
    this.#command = command;
    this.#streams = streams;
    this.#signals = signals;
  }

  async run(): Promise<number> {
    const { readyFile } = this.#invocation;
    const policy = await policyFor(this.#invocation);
    await refuseOutputs(this.#invocation, new AbortController().signal);
    if (readyFile !== undefined) await refuseReadyFile(readyFile);
    await refuseCapture(this.#telling);
    const server = await this.#start(policy);
    try {
      const serve = () => this.#serve(server);
      return readyFile === undefined
        ? await serve()
        : await whileReady(readyFile, { url: server.url, pid: process.pid, capture: this.#capture }, serve);
    } finally {
      await server.drain();
      await server.close(this.#report);
    }
  }

  async #serve(server: LiveServer): Promise<number> {
    const asked = this.#signals.ending();
    if (!this.#invocation.quiet) say(this.#streams, `listening on ${server.url}, writing ${this.#capture}`);
    const companion = Companion.start(this.#command, { ...this.#streams.env, MPLP_RUNTIME_URL: server.url });
    await Promise.race([server.askedToEnd, aborted(asked), companion?.ended ?? never()]);
    await companion?.stop(this.#invocation.drain);
    await server.drain();
    const code = await runCheck(this.#invocation, this.#streams, this.#signals, (made) => {
      this.#report = made;
    });
    return this.#isWhole(server, companion) ? code : 2;
  }

  /** False if something is missing from the capture that should be there. */
  #isWhole({ hasLost, isChanged, turnedAway }: LiveServer, companion: Companion | undefined): boolean {
    if (turnedAway > 0)
      say(
        this.#streams,
        `${counted(turnedAway, "post")} refused: what was sent is not in ${this.#capture} (exit 2)`,
      );
    if (isChanged)
      say(
        this.#streams,
        `${this.#capture} was changed or removed by another program: the report may lack events that were stored (exit 2)`,
      );
    if (hasLost) say(this.#streams, `${this.#capture}: not all events could be stored (exit 2)`);
    if (companion?.failure !== undefined)
      say(this.#streams, `${companion.failure}: events may be missing (exit 2)`);
    return !hasLost && !isChanged && turnedAway === 0 && companion?.failure === undefined;
  }

  async #start(policy: Policy): Promise<LiveServer> {
    const { host, port } = this.#invocation;
    const options: ListenOptions = {
      ...(await this.#limits()),
      host,
      port,
      judge: await RecordJudge.open(this.#capture, { ...checkOptionsIn(this.#invocation), policy }),
      openCapture: () => openCapture(this.#telling, this.#streams),
      report: () => reportOn(this.#invocation, policy),
      render: (report, format) => rendered(report, format, this.#invocation),
    };
    return LiveServer.start(options).catch((error: NodeJS.ErrnoException) => {
      if (error.syscall !== "listen" && error.syscall !== "getaddrinfo") throw error;
      throw new UsageError(`cannot listen on ${host}:${port}: ${whyNotListening(error)}`);
    });
  }

  async #limits() {
    const { maxBody, maxQueue, reject, drain, idleTimeout, untilEvents } = this.#invocation;
    const { tokenFile, tlsCert, tlsKey } = this.#invocation;
    const token = await tokenIn(tokenFile);
    const tls = await tlsIn(tlsCert, tlsKey);
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
}

/** Why the system lets nobody listen there, and what to do. */
function whyNotListening({ code = "" }: NodeJS.ErrnoException): string {
  return NOT_LISTENING[code] ?? "the system refuses it: name another place with --host and --port";
}

const NOT_LISTENING: Readonly<Record<string, string>> = {
  EADDRINUSE: "the port is in use: name another with --port",
  EACCES: "this port needs more rights: name one above 1023 with --port",
  EADDRNOTAVAIL: "this machine has no such address: name another with --host",
  ENOTFOUND: "this name has no address: name another with --host",
};

/** What stands after -- is the command. */
function split(args: readonly string[]): {
  readonly own: readonly string[];
  readonly command: readonly string[];
} {
  const at = args.indexOf("--");
  if (at < 0) return { own: args, command: [] };
  if ((args[at + 1] ?? "") === "") throw new UsageError("there is no command after --");
  return { own: args.slice(0, at), command: args.slice(at + 1) };
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
