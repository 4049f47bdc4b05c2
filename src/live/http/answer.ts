import type { ServerResponse } from "node:http";
import { safeJson } from "../../model/printable.js";
import type { Refusal } from "./refusal.js";

/** A whole answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** On every answer: nobody keeps it, frames it, or takes it for something else. */
const COMMON: Readonly<Record<string, string>> = {
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
};

export function jsonAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
  type = "application/json",
): Answer {
  return { status, headers: { "Content-Type": type, ...headers }, body: `${safeJson(value, 2)}\n` };
}

export function textAnswer(status: number, body: string, type = "text/plain; charset=utf-8"): Answer {
  return { status, headers: { "Content-Type": type }, body };
}

export function problemAnswer({ status, problem, headers }: Refusal): Answer {
  return jsonAnswer(status, problem, headers, "application/problem+json");
}

/** Headers that every answer has, also one that is sent bit by bit. */
export function begin(response: ServerResponse, status: number, headers: Answer["headers"]): void {
  response.writeHead(status, { ...COMMON, ...headers });
}

export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.headersSent || response.destroyed) return;
  begin(response, status, { ...headers, "Content-Length": String(Buffer.byteLength(body)) });
  response.end(body);
}
