/** The codes with which a shell expects a process to end that a signal has ended: 128 and its number. */
const CODES = { SIGINT: 130, SIGTERM: 143 } as const;

export interface Interruption {
  readonly signal: AbortSignal;
  /** With what to end once it has come. */
  exitCode(): number;
  /** Leaves signals to the process again. */
  end(): void;
}

/**
 * Turns the first Ctrl-C into the wish to end early, so that what was checked by then is reported. The second
 * one ends the process as ever.
 */
export function interruptible(): Interruption {
  const controller = new AbortController();
  let code: number = CODES.SIGINT;
  const listeners = Object.entries(CODES).map(([name, own]) => {
    const listener = (): void => {
      code = own;
      controller.abort();
    };
    process.once(name, listener);
    return [name, listener] as const;
  });
  return {
    signal: controller.signal,
    exitCode: () => code,
    end: () => {
      for (const [name, listener] of listeners) process.off(name, listener);
    },
  };
}
