import type { Chart } from "../../model/chart.js";
import type { Drawing } from "./judge-rules.js";

type Summing<Sum> = Pick<Chart<unknown, Sum>, "id" | "empty" | "join">;

/** The sums of charts, by the id of the chart. */
export class ChartSums {
  readonly #sums = new Map<string, unknown>();

  hasAny(charts: readonly Chart[]): boolean {
    return charts.some(({ id }) => this.#sums.has(id));
  }

  /** Begins a sum. */
  open(chart: Chart): Drawing {
    const sum = chart.empty();
    this.#sums.set(chart.id, sum);
    return { chart, sum };
  }

  /** Adds the sum of other keys. */
  join<Sum>(chart: Summing<Sum>, sum: Sum): void {
    const own: Sum = this.of(chart) ?? chart.empty();
    chart.join(own, sum);
    this.#sums.set(chart.id, own);
  }

  /** Undefined if nothing was summed up: a store was given up. */
  of<Sum>({ id }: Pick<Summing<Sum>, "id">): Sum | undefined {
    // The id tells the type: only `open` and `join` of the same chart set it.
    return this.#sums.get(id) as Sum | undefined;
  }

  [Symbol.iterator](): Iterator<readonly [id: string, sum: unknown]> {
    return this.#sums.entries();
  }
}
