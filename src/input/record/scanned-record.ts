import type { OwnValue } from "../../model/kinds.js";
import { ANY_SIGN } from "../../model/signs.js";
import type { Digests, JsonObject, ParsedRecord } from "../../model/subject.js";
import { DigestsOfText } from "../scan/digests.js";
import type { ScannedLine } from "../scan/line-scan.js";
import { FLAG } from "../scan/scan-record.js";

/** A line known to be a JSON object. It is parsed only when somebody needs more than the scanner's results. */
export class ScannedRecord implements ParsedRecord {
  readonly line: number;
  readonly column = 1;
  readonly signs: number;
  readonly likeness: number;
  readonly #bytes: Buffer;
  readonly #scanned: ScannedLine;
  #digests: Digests | undefined;
  #text: string | undefined;
  #value: JsonObject | undefined;

  constructor(bytes: Buffer, scanned: ScannedLine) {
    this.line = scanned.span.line;
    this.signs = scanned.flags & ANY_SIGN;
    this.likeness = scanned.likeness;
    this.#bytes = bytes;
    this.#scanned = scanned;
  }

  get digests(): Digests {
    this.#digests ??= new DigestsOfText(this.#scanned.content, this.#scanned.delivery);
    return this.#digests;
  }

  get payloadDigest(): number {
    return this.#scanned.payload;
  }

  get text(): string {
    if (this.#text === undefined) {
      const { flags, span } = this.#scanned;
      // latin1 decodes faster, and known ASCII allows it.
      this.#text = this.#bytes.toString((flags & FLAG.wide) !== 0 ? "utf8" : "latin1", span.start, span.end);
    }
    return this.#text;
  }

  get value(): JsonObject {
    this.#value ??= JSON.parse(this.text) as JsonObject;
    return this.#value;
  }

  ownValues(): readonly OwnValue[] {
    const { own: places, ownIn } = this.#scanned;
    return places.map(({ start, length, ...own }) => ({
      ...own,
      // Own values are ASCII.
      text: ownIn.toString("latin1", start, start + length),
    }));
  }
}
