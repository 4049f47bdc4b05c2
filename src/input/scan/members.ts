import { randomFillSync } from "node:crypto";
import type { Comparison, Terms } from "../../model/likeness.js";
import type { Wasm } from "./wasm.js";
import { writeRecord } from "./write-text.js";

/** Keys of all members; see assembly/layout.ts. Secret, and the same in the whole process, so that likeness is too. */
const KEYS = randomFillSync(new Uint8Array(8 * 34 * 192));

/** Gives an instance the keys for the likeness of records. Likeness differs from run to run; the results do not. */
export function writeKeys({ memory, KEYS: address }: Wasm): void {
  new Uint8Array(memory.buffer, address.value, KEYS.length).set(KEYS);
}

/** The numbers of assembly/members.ts. */
const ROLE = { top: 1, payload: 2, leading: 4, telling: 8, id: 16, instant: 32 } as const;
const COMPARISONS: readonly Comparison[] = ["word", "free", "name", "address"];

/** The number of a member of the payload is that of its name and this; see assembly/layout.ts. */
const IN_PAYLOAD = 96;

/** The names that matter to a scanner, by their numbers. */
export type MemberNames = readonly string[];

/** What a member number means. */
export function memberOf(names: MemberNames, member: number): { name: string; isInPayload: boolean } {
  const isInPayload = member >= IN_PAYLOAD;
  return { name: names[isInPayload ? member - IN_PAYLOAD : member] ?? "", isInPayload };
}

/** Tells the scanner which members decide which records are alike. If there are too many, none do. */
export function judgeMembers(terms: Terms, wasm: Wasm): MemberNames {
  wasm.forgetNames();
  const { members, payload, leading, telling, integration, ids, instants } = terms;
  const names = [...new Set([...members, ...Object.keys(payload), ...leading, ...telling])];
  const rolesOf = (name: string): number =>
    (members.includes(name) ? ROLE.top : 0) |
    (Object.hasOwn(payload, name) ? ROLE.payload : 0) |
    (leading.includes(name) ? ROLE.leading : 0) |
    (telling.includes(name) ? ROLE.telling : 0) |
    (ids.includes(name) ? ROLE.id : 0) |
    (instants.includes(name) ? ROLE.instant : 0);
  const areFew = names.every((name) => {
    const comparison = COMPARISONS.indexOf(payload[name] ?? "word");
    return wasm.addName(...written(name, wasm), rolesOf(name), comparison) !== 0;
  });
  if (!areFew) wasm.forgetNames();
  const numberOf = (name: string): number => names.indexOf(name);
  wasm.setNames(
    numberOf("event_family"),
    numberOf("payload"),
    numberOf("started_at"),
    numberOf("completed_at"),
    numberOf("duration_ms"),
  );
  wasm.setIntegration(...written(integration, wasm));
  return names;
}

/** The address and the length of a text that is written to the scanner's memory. */
function written(text: string, wasm: Wasm): [address: number, length: number] {
  const bytes = Buffer.from(text);
  return [writeRecord(bytes, 0, wasm), bytes.length];
}
