import { counted } from "./counted.js";

/** What may be wrapped around records, by the names of `--unwrap`, each with the noun for one of its records. */
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

/** What is unwrapped: all known carriers, nothing, one carrier, or the value at a JSON Pointer. */
export type Unwrap = "auto" | "none" | CarrierName | `/${string}`;

export function isCarrierName(name: string): name is CarrierName {
  return Object.hasOwn(CARRIER_NOUNS, name);
}

/** How many records each carrier held, by its name or by the pointer that stands for it. */
export type CarrierCounts = Readonly<Record<string, number>>;

/** "15 Docker json-file records"; of a pointer "15 records at /detail". */
export function carriersInWords(counts: CarrierCounts): string {
  const words = Object.entries(counts).map(([name, count]) =>
    isCarrierName(name) ? counted(count, CARRIER_NOUNS[name]) : `${counted(count, "record")} at ${name}`,
  );
  return words.join(", ");
}
