interface Limits {
  readonly idleMs?: number;
  readonly untilEvents?: number;
}

/** Knows when a server should end. */
export class Ending {
  readonly asked: Promise<void>;
  readonly #limits: Limits;
  readonly #timer: NodeJS.Timeout | undefined;
  #isAsked = false;
  #resolve: () => void = () => undefined;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.asked = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    const { idleMs } = limits;
    this.#timer = idleMs === undefined ? undefined : setTimeout(() => this.ask(), idleMs);
  }

  ask(): void {
    this.#isAsked = true;
    clearTimeout(this.#timer);
    this.#resolve();
  }

  /** Somebody has sent events. */
  touch(): void {
    if (!this.#isAsked) this.#timer?.refresh();
  }

  /** @param events the number of records stored so far */
  count(events: number): void {
    if (events >= (this.#limits.untilEvents ?? Number.POSITIVE_INFINITY)) this.ask();
  }
}
