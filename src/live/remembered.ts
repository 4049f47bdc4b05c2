import { createHash } from "node:crypto";
import type { Answer } from "./http/answer.js";
import { Refusal } from "./http/refusal.js";

interface Known {
  readonly digest: string;
  readonly answer: Promise<Answer>;
  size: number;
}

const MOST_KEYS = 10_000;
/** Bytes of all answers together: 16 MiB. */
const MOST_BYTES = 1 << 24;
const LONGEST_KEY = 256;

/** Answers by Idempotency-Key: who sends a request again, not knowing if it arrived, changes nothing. */
export class RememberedAnswers {
  readonly #known = new Map<string, Known>();
  #bytes = 0;

  /**
   * The answer to an earlier request with this key, or else that of the action.
   *
   * @throws Refusal if the earlier request had another body
   */
  once(path: string, key: string, body: Buffer, action: () => Promise<Answer>): Promise<Answer> {
    if (key === "" || key.length > LONGEST_KEY)
      throw new Refusal(400, `an Idempotency-Key has 1 to ${LONGEST_KEY} characters`);
    const name = `${path} ${key}`;
    const digest = createHash("sha256").update(body).digest("base64");
    const known = this.#known.get(name);
    if (known === undefined) return this.#first(name, digest, action);
    if (known.digest !== digest)
      throw new Refusal(409, "an earlier request with this Idempotency-Key had another body: use a new key");
    return known.answer;
  }

  #first(name: string, digest: string, action: () => Promise<Answer>): Promise<Answer> {
    const answer = action();
    const known: Known = { digest, answer, size: 0 };
    this.#known.set(name, known);
    // A client may send a request again if it was not stored.
    answer.then(({ body }) => this.#keep(known, body.length)).catch(() => this.#known.delete(name));
    return answer;
  }

  #keep(known: Known, size: number): void {
    known.size = size;
    this.#bytes += size;
    for (const [name, oldest] of this.#known) {
      if (this.#known.size <= MOST_KEYS && this.#bytes <= MOST_BYTES) return;
      this.#known.delete(name);
      this.#bytes -= oldest.size;
    }
  }
}
