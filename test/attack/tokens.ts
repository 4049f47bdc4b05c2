import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CheckOptions, check, FORMAT_NAMES, FORMATS, type Occurrence } from "../../src/index.js";
import type { Attack, Random } from "./attack.js";
import { SOUND } from "./sound-events.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

function drawn(random: Random, length: number, alphabet = ALPHABET): string {
  return Array.from({ length }, () => random.pick([...alphabet])).join("");
}

/** Tokens of formats that are published, put together here so that nobody takes this file for a leak. */
function tokenOf(random: Random): string {
  const upper = ALPHABET.slice(0, 26) + ALPHABET.slice(52);
  const makers = [
    () => `${["gh", random.pick(["p", "s", "o"]), "_"].join("")}${drawn(random, 36)}`,
    () => `${["AK", "IA"].join("")}${drawn(random, 16, `${upper.slice(0, 26)}234567`)}`,
    () =>
      `${["xo", "xb-"].join("")}${drawn(random, 12, "0123456789")}-${drawn(random, 12, "0123456789")}-${drawn(random, 24)}`,
    () => `${["gl", "pat-"].join("")}${drawn(random, 20)}`,
    () => `${["npm", "_"].join("")}${drawn(random, 36)}`,
  ];
  return random.pick(makers)();
}

/** The same token as it may stand in a value. */
function holderOf(token: string, random: Random): unknown {
  return random.pick([
    token,
    `https://x-access-token:${token}@git.acme.example/a.git`,
    `the token is ${token}, and more text follows`,
    `${"x".repeat(random.below(200))} ${token}`,
    ["--token", token],
    { deep: { er: [token] } },
    `tab\t"quoted" ${token}\n`,
  ]);
}

/** A line with a token somewhere, in a value or in the name of a member; it may be broken. */
function lineWith(token: string, random: Random): string {
  const event: Record<string, unknown> = structuredClone(random.pick(SOUND));
  const isInPayload = typeof event.payload === "object" && event.payload !== null && random.below(2) === 0;
  const members = isInPayload ? (event.payload as Record<string, unknown>) : event;
  const name = random.pick([...Object.keys(members), "extra", token, `a ${token}`]);
  members[name] = holderOf(token, random);
  const text = JSON.stringify(event);
  const ways = [
    text,
    text,
    text,
    text.slice(0, -1 - random.below(5)),
    text.replace("{", `{${JSON.stringify(name)}:${JSON.stringify(holderOf(token, random))},`),
    text.replaceAll(token, `\\u00${token.charCodeAt(0).toString(16)}${token.slice(1)}`),
    `{"log":${JSON.stringify(`${text}\n`)},"stream":"stdout","time":"2026-01-05T08:00:00Z"}`,
  ];
  return random.pick(ways);
}

/** Any sixteen characters of a token in a row are too many. */
function expectNothingOf(token: string, output: string, what: string): void {
  const plain = output.replaceAll("\\", "");
  for (let at = 8; at + 16 <= token.length; at++)
    assert.ok(!plain.includes(token.slice(at, at + 16)), `${what} shows ${token.slice(0, 4)}... at ${at}`);
}

/** Tokens in values, names of members, carriers and broken lines: no output shows one. */
export const tokens: Attack = {
  of: "outputs",
  async run(random, folder) {
    const token = tokenOf(random);
    const lines = Array.from({ length: 1 + random.below(4) }, () => lineWith(token, random));
    const path = join(folder, "log.ndjson");
    writeFileSync(path, lines.map((line) => `${line}\n`).join(""));
    const occurrences: Occurrence[] = [];
    const options: CheckOptions = {
      jobs: 1,
      redact: random.below(3) === 0,
      claims: ["runtime", "integration"],
      complete: random.below(2) === 0,
    };
    const report = await check([path], {
      ...options,
      onOccurrences: async (all) => {
        for await (const occurrence of all) occurrences.push(occurrence);
      },
    });
    const told = lines.join("\n").slice(0, 600).replaceAll(token, "TOKEN");
    for (const format of FORMAT_NAMES) {
      const output = [...FORMATS[format](report, { color: false })].join("");
      expectNothingOf(token, output, `${format}: ${told}`);
    }
    expectNothingOf(token, JSON.stringify(occurrences), `findings: ${told}`);
    return FORMAT_NAMES.length + 1;
  },
};
