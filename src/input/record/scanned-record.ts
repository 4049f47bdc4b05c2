import type { Terms } from "../../model/likeness.js";
import { ANY_SIGN } from "../../model/signs.js";
import type { Digests, JsonObject, ParsedRecord } from "../../model/subject.js";
import { DigestsOfText } from "../scan/digests.js";
import type { LineTable } from "../scan/line-table.js";
import { FLAG } from "../scan/scanner.js";

/** A line known to be a JSON object. It is parsed only when somebody needs more than the scanner's results. */
export class ScannedRecord implements ParsedRecord {
  readonly line: number;
  readonly column = 1;
  readonly signs: number;
  readonly digests: Digests;
  readonly likeness: number;
  readonly #bytes: Buffer;
  readonly #table: LineTable;
  readonly #row: number;
  readonly #terms: Terms;
  readonly #isWide: boolean;
  #text: string | undefined;
  #value: JsonObject | undefined;

  constructor(bytes: Buffer, table: LineTable, row: number, terms: Terms) {
    const { flags, content, delivery, likeness } = table.scannedOf(row);
    this.line = table.spanOf(row).line;
    this.signs = flags & ANY_SIGN;
    this.digests = new DigestsOfText(content, delivery);
    this.likeness = likeness;
    this.#bytes = bytes;
    this.#table = table;
    this.#row = row;
    this.#terms = terms;
    this.#isWide = (flags & FLAG.wide) !== 0;
  }

  get text(): string {
    if (this.#text === undefined) {
      const { start, end } = this.#table.spanOf(this.#row);
      // latin1 decodes faster, and known ASCII allows it.
      this.#text = this.#bytes.toString(this.#isWide ? "utf8" : "latin1", start, end);
    }
    return this.#text;
  }

  get value(): JsonObject {
    this.#value ??= JSON.parse(this.text) as JsonObject;
    return this.#value;
  }

  putOwnValues(into: Record<string, unknown>): void {
    this.#table.putOwnValues(this.#row, this.#bytes, this.#terms, into);
  }
}
