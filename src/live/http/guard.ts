import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { Refusal } from "./refusal.js";

/** Decides who may speak to the server. Without a token, that is whoever runs on this machine, except web pages. */
export class Guard {
  readonly #token: Buffer | undefined;
  readonly #name: string;

  /** @param name the name that the server was told to listen on */
  constructor(name: string, token: string | undefined) {
    this.#name = name;
    this.#token = token === undefined ? undefined : digestOf(token);
  }

  /**
   * Refuses web pages of others, and names that lead here only by DNS rebinding.
   *
   * @throws Refusal
   */
  refuseForeign({ headers }: IncomingMessage): void {
    const { host = "", origin, "sec-fetch-site": site } = headers;
    if (this.#token === undefined && !this.#isOwnName(hostname(host)))
      throw new Refusal(403, "this name is not known here: use localhost, or listen with --token-file");
    const isForeignOrigin = origin !== undefined && origin.replace(/^https?:\/\//, "") !== host;
    if (isForeignOrigin || (site !== undefined && !OWN_SITES.includes(site)))
      throw new Refusal(403, "web pages of other origins may not send requests to this server");
  }

  /**
   * Refuses requests without the token: as a bearer's, or as the password of anybody.
   *
   * @throws Refusal
   */
  refuseUnknown({ headers: { authorization = "" } }: IncomingMessage): void {
    if (this.#token === undefined || timingSafeEqual(digestOf(tokenIn(authorization)), this.#token)) return;
    throw new Refusal(401, "send the header Authorization: Bearer TOKEN", {
      "WWW-Authenticate": 'Basic realm="mplp-check", charset="UTF-8"',
    });
  }

  #isOwnName(name: string): boolean {
    return name === "localhost" || name.endsWith(".localhost") || isIP(name) !== 0 || name === this.#name;
  }
}

const OWN_SITES: readonly unknown[] = ["same-origin", "none"];

function hostname(host: string): string {
  return host
    .toLowerCase()
    .replace(/:\d+$/, "")
    .replace(/^\[(.*)\]$/, "$1");
}

function tokenIn(authorization: string): string {
  const [, scheme = "", value = ""] = /^(\w+) +(\S+)$/.exec(authorization.trim()) ?? [];
  if (scheme.toLowerCase() === "bearer") return value;
  if (scheme.toLowerCase() !== "basic") return "";
  return Buffer.from(value, "base64")
    .toString("utf8")
    .replace(/^[^:]*:/, "");
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
