import type { EventRule, Examined, Scope } from "../model/rule.js";
import { emptyLedger, type Ledger, type Tally, tallyOf } from "./ledger.js";
import type { Rulebook } from "./rulebook.js";

interface Counted {
  readonly clause: string;
  readonly tally: Tally;
}

interface ScopeCounts {
  readonly always: readonly Counted[];
  readonly conditional: readonly { readonly rule: EventRule; readonly counted: readonly Counted[] }[];
}

/** A ledger with the clauses of each scope looked up once, since every event counts for a dozen of them. */
export class Scoreboard {
  readonly ledger: Ledger = emptyLedger();
  /** Clauses that findings about the current record break: it is no witness for them. */
  readonly cited = new Set<string>();
  readonly #rulebook: Rulebook;
  readonly #scopes = new Map<Scope, ScopeCounts>();
  #record: readonly Counted[] | undefined;

  constructor(rulebook: Rulebook) {
    this.#rulebook = rulebook;
  }

  /** Counts a record that was read for the clauses about records as such. */
  countRecord(line: number): void {
    this.#record ??= this.#counted(this.#rulebook.record.flatMap(({ clauses }) => clauses));
    this.#count(this.#record, line);
  }

  /** Counts an event for the clauses that it puts to the test. */
  countEvent(scope: Scope, examined: Examined): void {
    let counts = this.#scopes.get(scope);
    if (counts === undefined) {
      counts = this.#countsOf(scope);
      this.#scopes.set(scope, counts);
    }
    const { line } = examined.record;
    this.#count(counts.always, line);
    for (const { rule, counted } of counts.conditional) {
      if (rule.applies?.(examined) === true) this.#count(counted, line);
    }
  }

  #countsOf(scope: Scope): ScopeCounts {
    const { always, conditional } = this.#rulebook.scope(scope);
    return {
      always: this.#counted(always),
      conditional: conditional.map((rule) => ({ rule, counted: this.#counted(rule.clauses) })),
    };
  }

  #counted(clauses: readonly string[]): Counted[] {
    return clauses.map((clause) => ({ clause, tally: tallyOf(this.ledger, clause) }));
  }

  #count(counted: readonly Counted[], line: number): void {
    for (const { clause, tally } of counted) {
      tally.checked++;
      if (tally.witness === undefined && !this.cited.has(clause)) tally.witness = { input: 0, line };
    }
  }
}
