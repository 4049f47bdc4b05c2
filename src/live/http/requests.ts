import type { IncomingMessage } from "node:http";
import { FORMAT_NAMES, type FormatName } from "../../report/index.js";
import { LIVE_PAGE, PAGE_POLICY } from "../page/page.js";
import type { Answer } from "./answer.js";
import { Refusal } from "./refusal.js";

/** Does something if the request has the method that its path takes. @throws Refusal */
export function method<Result>(
  { method: given }: IncomingMessage,
  wanted: "GET" | "POST",
  action: () => Result,
): Result {
  if (given === wanted || (given === "HEAD" && wanted === "GET")) return action();
  throw new Refusal(405, `this path takes ${wanted}`, { Allow: wanted === "GET" ? "GET, HEAD" : wanted });
}

export function page(): Answer {
  return {
    status: 200,
    headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": PAGE_POLICY },
    body: LIVE_PAGE,
  };
}

export function pathOf({ url = "/" }: IncomingMessage): string {
  return url.replace(/\?.*$/s, "");
}

/** The format that the request asks for. @throws Refusal */
export function formatIn({ url = "/" }: IncomingMessage): FormatName {
  const [, query = ""] = url.split("?");
  const wanted = new URLSearchParams(query).get("format") ?? "json";
  const format = FORMAT_NAMES.find((name) => name === wanted);
  if (format === undefined) throw new Refusal(400, `the format must be one of ${FORMAT_NAMES.join(", ")}`);
  return format;
}
