import { STATUS_CODES } from "node:http";

/** A request that is not followed: the status of its answer, and a sentence about what to do. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = status === 503 ? { "Retry-After": "1", ...headers } : headers;
  }

  /** As "problem details" (RFC 9457). */
  get problem(): object {
    return { title: STATUS_CODES[this.status], status: this.status, detail: this.message };
  }
}
