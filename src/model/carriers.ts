import { counted } from "./counted.js";

/** The kinds of envelopes around records, by their names in `--unwrap`, each with the noun for one record. */
export const CARRIER_NOUNS = {
  docker: "Docker json-file record",
  cri: "CRI log line",
  "fluent-bit": "fluent-bit record",
  journald: "journald record",
  cloudevents: "CloudEvent",
  otlp: "OTLP log record",
  kcat: "kcat message",
  "key-value": "key-tab-value line",
  "json-seq": "JSON text sequence record",
  pino: "pino log line",
} as const;
export type CarrierName = keyof typeof CARRIER_NOUNS;

/** Which envelopes to unwrap: all known carriers, none, one carrier, or the value at a JSON Pointer. */
export type Unwrap = "auto" | "none" | CarrierName | `/${string}`;

export function isCarrierName(name: string): name is CarrierName {
  return Object.hasOwn(CARRIER_NOUNS, name);
}

/** Number of records per carrier, by its name or pointer. */
export type CarrierCounts = Readonly<Record<string, number>>;

/** "15 Docker json-file records"; for a pointer "15 records at /detail". */
export function carriersInWords(counts: CarrierCounts): string {
  const words = Object.entries(counts).map(([name, count]) =>
    isCarrierName(name) ? counted(count, CARRIER_NOUNS[name]) : `${counted(count, "record")} at ${name}`,
  );
  return words.join(", ");
}
