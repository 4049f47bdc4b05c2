import type { IncomingHttpHeaders } from "node:http";
import { Refusal } from "../http/refusal.js";

const LINES = /^application\/(?:x-)?(?:ndjson|jsonl|jsonlines|json-lines)$/;
const JSON_TYPE = /^application\/(?:json|[\w.-]+\+json)$/;

/**
 * True if a body was declared as NDJSON, false if as JSON or not at all.
 *
 * @throws Refusal if it was declared as something else
 */
export function isDeclaredAsLines({ "content-type": declared = "" }: IncomingHttpHeaders): boolean {
  const [type = "", ...parameters] = declared.split(";").map((part) => part.trim().toLowerCase());
  const charset = parameters.find((each) => each.startsWith("charset="))?.slice("charset=".length);
  if (charset !== undefined && !/^"?(?:utf-?8|us-ascii)"?$/.test(charset))
    throw new Refusal(415, "JSON is sent in UTF-8: leave the charset out");
  if (LINES.test(type)) return true;
  if (type === "" || JSON_TYPE.test(type)) return false;
  if (type === "application/x-protobuf")
    throw new Refusal(
      415,
      "protobuf is not read: export as http/json (OTEL_EXPORTER_OTLP_PROTOCOL=http/json)",
    );
  throw new Refusal(415, "send the header Content-Type: application/json, or application/x-ndjson for lines");
}

/** Beginnings of compressed data and of UTF-16, in hexadecimal digits. */
const NO_JSON = /^(?:1f8b|28b52ffd|fffe|feff)/;

/**
 * Refuses what would make the log unreadable.
 *
 * @throws Refusal
 */
export function refuseBinary(body: Buffer): void {
  if (body.length === 0) throw new Refusal(400, "the body is empty");
  if (NO_JSON.test(body.toString("hex", 0, 4)) || body.includes(0))
    throw new Refusal(
      400,
      "the body is no text in UTF-8; a compressed one needs the header Content-Encoding: gzip",
    );
}
