import { type CarrierName, isCarrierName, type Unwrap } from "../../model/carriers.js";
import { atPointer } from "./at-pointer.js";
import type { Carrier } from "./carrier.js";
import { cloudEvents } from "./cloud-events.js";
import { cri } from "./cri.js";
import { docker } from "./docker.js";
import { fluentBit } from "./fluent-bit.js";
import { journald } from "./journald.js";
import { jsonSequence } from "./json-sequence.js";
import { kcat } from "./kcat.js";
import { keyValue } from "./key-value.js";
import { otlp } from "./otlp.js";
import { pino } from "./pino.js";

/** All carriers; if several accept a record, the first one here wins. */
const CARRIERS = {
  docker,
  cri,
  "fluent-bit": fluentBit,
  journald,
  cloudevents: cloudEvents,
  otlp,
  kcat,
  pino,
  "json-seq": jsonSequence,
  "key-value": keyValue,
} as const satisfies Readonly<Record<CarrierName, Carrier>>;

export function carriersFor(unwrap: Unwrap): readonly Carrier[] {
  if (unwrap === "auto") return Object.values(CARRIERS);
  if (unwrap === "none") return [];
  return [isCarrierName(unwrap) ? CARRIERS[unwrap] : atPointer(unwrap)];
}
