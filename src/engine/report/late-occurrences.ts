import type { Position } from "../../model/rule.js";
import { wordColumn } from "../memory/columns.js";
import type { LateOccurrence } from "../passage.js";

/** The properties that many late occurrences share: everything except their places. */
type Common = LateOccurrence["occurrence"];

/**
 * Occurrences that only a whole file or log shows. They are kept in columns: there may be as many as there are
 * events.
 */
export class LateOccurrences {
  readonly #numbers = new Map<string, number>();
  readonly #commons: Common[] = [];
  readonly #common = wordColumn();
  readonly #input = wordColumn();
  readonly #line = wordColumn();
  /** The first related place of each row; a row's related places end where those of the next row begin. */
  readonly #related = wordColumn();
  readonly #relatedInput = wordColumn();
  readonly #relatedLine = wordColumn();
  #size = 0;
  #relatedSize = 0;

  add({ position, related, occurrence }: LateOccurrence): void {
    const row = this.#size++;
    this.#common.set(row, this.#numberOf(occurrence));
    this.#input.set(row, position.input);
    this.#line.set(row, position.line);
    for (const { input, line } of related) {
      this.#relatedInput.set(this.#relatedSize, input);
      this.#relatedLine.set(this.#relatedSize, line);
      this.#relatedSize++;
    }
    this.#related.set(row + 1, this.#relatedSize);
  }

  #numberOf(occurrence: Common): number {
    const text = JSON.stringify(occurrence);
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#commons.length);
    return this.#commons.push(occurrence) - 1;
  }

  /** The row numbers in log order. */
  inLogOrder(): Uint32Array {
    const rows = new Uint32Array(this.#size);
    for (let row = 0; row < rows.length; row++) rows[row] = row;
    return rows.sort(
      (a, b) => this.#input.get(a) - this.#input.get(b) || this.#line.get(a) - this.#line.get(b) || a - b,
    );
  }

  at(row: number): LateOccurrence {
    const occurrence = this.#commons[this.#common.get(row)];
    if (occurrence === undefined) throw new RangeError(`there is no late occurrence ${row}`);
    return { position: this.positionAt(row), related: this.#relatedAt(row), occurrence };
  }

  positionAt(row: number): Position {
    return { input: this.#input.get(row), line: this.#line.get(row) };
  }

  #relatedAt(row: number): Position[] {
    const related: Position[] = [];
    for (let place = this.#related.get(row); place < this.#related.get(row + 1); place++)
      related.push({ input: this.#relatedInput.get(place), line: this.#relatedLine.get(place) });
    return related;
  }
}
