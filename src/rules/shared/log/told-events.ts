import { type Told, toldEvents } from "../../sources/events.js";
import type { MplpLogRule } from "../define.js";

/** The shared code of rules that require a claimed runtime's log to report something. */
export function toldBy(told: Told) {
  return {
    claim: "runtime",
    source: toldEvents,
    checks: (key, [events]) => (key === told ? (events?.count ?? 0) : 0),
  } satisfies Partial<MplpLogRule<true>>;
}
