import { type ChildProcess, spawn } from "node:child_process";
import { reasonOf } from "../index.js";
import { UsageError } from "./usage-error.js";

/** The command that runs while a server listens. */
export class Companion {
  /** Fulfilled once it has ended, in whatever way. */
  readonly ended: Promise<void>;
  readonly #name: string;
  readonly #child: ChildProcess;
  #isStopped = false;
  #failure: string | undefined;

  private constructor(name: string, child: ChildProcess) {
    this.#name = name;
    this.#child = child;
    this.ended = new Promise((resolve) => {
      const end = (how: string | undefined): void => {
        this.#failure ??= how;
        resolve();
      };
      child.once("error", (error) => end(notStarted(name, error)));
      child.once("exit", (code, signal) => end(this.#failureOf(code, signal)));
    });
  }

  /** Starts it, if there is one; it shares the terminal. @throws UsageError */
  static start([name, ...args]: readonly string[], env: NodeJS.ProcessEnv): Companion | undefined {
    if (name === undefined) return undefined;
    // On Windows, npm is no program but a script.
    const shell = process.platform === "win32";
    try {
      return new Companion(name, spawn(name, args, { env, stdio: "inherit", shell }));
    } catch (error) {
      // Some errors come at once, others as events.
      throw new UsageError(notStarted(name, error as NodeJS.ErrnoException));
    }
  }

  /** How it failed; undefined if it ended with 0, or because it was asked to. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Asks it to end, and ends it if it does not within a time. */
  async stop(milliseconds: number): Promise<void> {
    const { exitCode, signalCode, pid } = this.#child;
    if (exitCode !== null || signalCode !== null || pid === undefined) return;
    this.#isStopped = true;
    this.#child.kill("SIGTERM");
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), milliseconds);
    await this.ended;
    clearTimeout(timer);
  }

  #failureOf(code: number | null, signal: string | null): string | undefined {
    if (code === 0 || this.#isStopped) return undefined;
    return signal === null ? `${this.#name} ended with ${code}` : `${this.#name} was ended by ${signal}`;
  }
}

function notStarted(name: string, error: NodeJS.ErrnoException): string {
  return `${name} cannot be started: ${NOT_STARTED[error.code ?? ""] ?? reasonOf(error)}`;
}

const NOT_STARTED: Readonly<Record<string, string>> = {
  ENOENT: "there is no such command",
  EACCES: "it is no program, or may not be run",
  ENOEXEC: "it is no program for this machine",
  E2BIG: "its arguments are too long",
  ERR_INVALID_ARG_VALUE: "the system does not accept its name or arguments",
};
