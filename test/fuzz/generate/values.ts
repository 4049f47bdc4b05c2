import type { Random } from "../../support/random.js";

const ID = "9c4d8a52-1b0e-4c6f-8f5d-3a2b1c0d9e8f";

/** Values of every type, right and nearly right. */
const VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1, 3, 1.5, 1e300, "", " ", "x", "0", [], ["x"], [[]], {}, { a: 1 }],
  ID,
  "{9c4d8a52-1b0e-4c6f-8f5d-3a2b1c0d9e8f}",
  "00000000-0000-0000-0000-000000000000",
  "2026-02-28T23:59:59Z",
  "2026-02-29T00:00:00Z",
  "2024-02-29T00:00:00+00:00",
  "2016-12-31T23:59:60Z",
  "2016-12-31T22:59:60Z",
  "2017-01-01T00:59:60+01:00",
  "1767600000",
  ...["node_add", "node_delete", "edge_add", "edge_delete", "edge_update", "bulk"],
  ...["Running", "pending", "running", "completed", "failed", "skipped", "success", "succeeded", "cancelled"],
  ...["agent", "llm", "worker", "linter", "formatter", "modified", "created", "renamed", "commit", "push"],
  ...["graph_update", "pipeline_stage", "runtime_execution", "GraphUpdateEvent", "intent", "plan", "core"],
  ...["a@example.com", "no address", "https://ci.example.com/runs/1", "no uri"],
  ...["src/a.ts", "/etc/passwd", "../a.ts", "a/%2e%2e/b", "C:\\a.ts", "file:///a.ts", "./a..b", "~/a"],
  "lots of text ".repeat(300),
];

export const anyValue = (random: Random): unknown => structuredClone(random.pick(VALUES));

function withCharacter(text: string, random: Random, characters: string): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + random.pick([...characters, ""]) + text.slice(at + random.below(2));
}

/** Other spellings of a UUID, and what is nearly one. */
function nearUuid(id: string, random: Random): string {
  return random.pick([
    () => id.toUpperCase(),
    () => id.replaceAll(/[a-f]/g, (digit) => (random.below(2) === 0 ? digit : digit.toUpperCase())),
    () => id.slice(0, 14) + random.pick([..."012356789a"]) + id.slice(15),
    () => id.slice(0, 19) + random.pick([..."01234567cdef"]) + id.slice(20),
    () => id.replaceAll("-", ""),
    () => `urn:uuid:${id}`,
    () => `{${id}}`,
    () => `${id}\n`,
    () => ` ${id}`,
    () => withCharacter(id, random, "0aAg-"),
  ])();
}

/** Other spellings of a time, and what is nearly one. */
function nearTime(time: string, random: Random): string {
  const part = (from: number, text: string): string =>
    time.slice(0, from) + text + time.slice(from + text.length);
  return random.pick([
    () => time.toLowerCase(),
    () => time.replace("T", " "),
    () =>
      time.replace(
        /Z|[+-]\d\d:\d\d$/,
        random.pick(["", "+0100", "+01", "-00:00", "+23:59", "+24:00", "+14:60"]),
      ),
    () => time.replace(/\.\d+/, random.pick(["", ".", ".1", ".123456789012345678901", ",123"])),
    () => part(5, random.pick(["00", "13", "02", "12"])),
    () => part(8, random.pick(["00", "29", "30", "31", "32"])),
    () => part(11, random.pick(["23", "24", "00"])),
    () => part(14, random.pick(["59", "60"])),
    () => part(17, random.pick(["59", "60", "61"])),
    () => part(0, random.pick(["0000", "9999", "1900", "+202"])),
    () => `${time}\n`,
    () => withCharacter(time, random, "0129TZ-+:."),
  ])();
}

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
const TIME = /^\d{4}-\d\d-\d\dT/;

/** A value a little different from another one, or any other. */
export function nearValue(value: unknown, random: Random): unknown {
  if (random.below(3) === 0) return anyValue(random);
  if (typeof value === "number") return value + random.pick([-1, 1, 0.5, -value, -2 * value, 1e17, 5e-324]);
  if (typeof value !== "string") return anyValue(random);
  if (UUID.test(value)) return nearUuid(value, random);
  if (TIME.test(value)) return nearTime(value, random);
  return random.pick([
    () => value.toUpperCase(),
    () => withCharacter(value, random, "x_ \n\u0000é\u2028😀"),
    () => "",
    () => `${value} `,
  ])();
}
