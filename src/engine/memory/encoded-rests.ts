import { type EncodedRest, encodedRest } from "./key-words.js";

/** The rest of a key, after the UUIDs at its beginning. */
interface Rest {
  readonly uuids: number;
  readonly text: string;
}

/** The number of texts that are remembered. */
const MOST = 1 << 10;

/** Encodes the rests of keys. Most blocks of a log have those of the block before. */
export class EncodedRests {
  /** By their texts, a map for each number of UUIDs. */
  readonly #known: Map<string, EncodedRest>[] = [];

  of(rests: readonly Rest[]): readonly EncodedRest[] {
    return rests.map((rest) => this.#encoded(rest));
  }

  #encoded({ uuids, text }: Rest): EncodedRest {
    const known = this.#known[uuids] ?? new Map<string, EncodedRest>();
    this.#known[uuids] = known;
    const earlier = known.get(text);
    if (earlier !== undefined) return earlier;
    if (known.size === MOST) known.clear();
    const encoded = encodedRest(uuids, text);
    known.set(text, encoded);
    return encoded;
  }
}
