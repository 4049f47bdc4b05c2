import type { Observation } from "../model/rule.js";
import { rowOf } from "./kept-rows.js";
import { BATCH_LENGTH } from "./run-state.js";

/** Gathers rows of one rule until they fill a line of a state. */
export class RowLines {
  readonly #name: string;
  readonly #rule: string;
  #rows: string[] = [];
  #length = 0;

  /** @param name of the entry */
  constructor(name: "kept" | "firsts", rule: string) {
    this.#name = name;
    this.#rule = rule;
  }

  /** Adds the observations of a key; gives the lines that they fill, without line ends. */
  *take(key: string, observations: Iterable<Observation<unknown>>): Generator<string> {
    let named: string | null = key;
    for (const observation of observations) {
      const row = JSON.stringify(rowOf(named, observation));
      named = null;
      this.#rows.push(row);
      this.#length += row.length;
      if (this.#length < BATCH_LENGTH) continue;
      yield* this.rest();
      named = key;
    }
  }

  /** The line of the rows that are left, if there are any. */
  *rest(): Generator<string> {
    if (this.#rows.length === 0) return;
    yield `{"${this.#name}":{"rule":${JSON.stringify(this.#rule)},"rows":[${this.#rows.join(",")}]}}`;
    [this.#rows, this.#length] = [[], 0];
  }
}
