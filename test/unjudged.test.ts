import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Report } from "../src/model/report.js";
import { exitCodeOf } from "../src/model/verdict.js";
import { check } from "../src/run/check.js";
import type { CheckOptions } from "../src/run/check-options.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-unjudged-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function fileWith(...records: readonly (object | string)[]): string {
  const path = join(folder, `${files++}.ndjson`);
  const lines = records.map((record) => (typeof record === "string" ? record : JSON.stringify(record)));
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

const event = (more: object = {}): object => ({
  event_id: crypto.randomUUID(),
  event_type: "intent_recorded",
  event_family: "intent",
  timestamp: "2026-03-01T10:00:00.000Z",
  ...more,
});
const external = (payload: unknown): object =>
  event({ event_type: "forwarded", event_family: "external_integration", source: "acme-1.0", payload });
const INNER = event({ event_id: "broken", timestamp: "yesterday" });
const QUOTED = JSON.stringify(INNER);
const COMMIT = {
  repo_url: "https://git.acme.example/pears.git",
  commit_id: "0c1d",
  ref_name: "refs/heads/trunk",
  event_kind: "push",
  timestamp: "2026-03-01T10:00:00.000Z",
};

function unjudgedIn({ inputs }: Report): number {
  return inputs.reduce((sum, { unjudged = 0 }) => sum + unjudged, 0);
}

async function unjudged(...records: readonly (object | string)[]): Promise<number> {
  return unjudgedIn(await check([fileWith(event(), ...records)]));
}

/** An object with something before each name, and behind it. */
function named(before: string, value: object, behind = ""): object {
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [before + name + behind, each]));
}

/** An object with another letter in place of each "e" of its names. */
function respelled(letter: string, value: object): object {
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name.replaceAll("e", letter), each]),
  );
}

/** An object with so many objects around it. */
function nested(value: object, depth: number): string {
  return `${'{"a":'.repeat(depth)}${JSON.stringify(value)}${"}".repeat(depth)}`;
}

describe("a record that holds an event is counted as not judged", () => {
  it.each<[string, object | string]>([
    ["as JSON text, as Docker writes it", { log: `${QUOTED}\n`, stream: "stdout" }],
    ["as JSON text in JSON text", { body: JSON.stringify(QUOTED) }],
    ["as text behind a prefix", { message: `2026-03-01T10:00:00Z stdout F ${QUOTED}` }],
    ["as several lines of text", { message: `${QUOTED}\n${QUOTED}` }],
    ["as text that is cut off", { log: QUOTED.slice(0, -10), partial: true }],
    ["with single quotes", { log: "{'event_id': 'a', 'event_type': 'b'}" }],
    ["in a member", { record: INNER }],
    ["in lists of lists", { batch: [[1], [[INNER]]] }],
    ["hundreds of levels down", nested(INNER, 400)],
    [
      "as a list of names and values",
      { attributes: Object.entries(INNER).map(([name, value]) => ({ name, value })) },
    ],
    [
      "as attributes of OTLP",
      { attributes: Object.entries(INNER).map(([key, stringValue]) => ({ key, value: { stringValue } })) },
    ],
    ["with its id and a field of one family", { data: { event_id: "a", update_kind: "node_add" } }],
    ["in camelCase", { data: { eventId: "a", eventType: "b" } }],
    ["with names behind those of what held it", named("jsonPayload.", INNER)],
    ["with names behind a prefix, in a member", { data: named("acme_", INNER) }],
    ["with names before a suffix", named("", INNER, "_v1")],
    ["with a sign before its names", named("@", INNER)],
    ["with something that nobody sees in its names", named("", INNER, "\u200b")],
    ["with letters that look like those of its names", respelled("е", INNER)],
    ["with such letters, in a member", { data: respelled("ｅ", INNER) }],
    ["with such capitals", respelled("Е", INNER)],
    ["with such letters in camelCase", { еventId: "a", еventType: "b" }],
    ["with such letters after a prefix", named("acme_", respelled("е", INNER))],
    [
      "with such letters in a list of names",
      {
        attributes: [
          { key: "еvent_id", value: "a" },
          { key: "event_type", value: "b" },
        ],
      },
    ],
    ["with nothing but its family", { data: { event_family: "GraphUpdateEvent" } }],
    ["of a profile", { data: { event_type: "MAPTurnDispatched" } }],
    ["of an integration", { hook: { body: COMMIT } }],
    ["behind four megabytes of text", { pad: `{${"x".repeat(1 << 22)}`, log: QUOTED }],
    ["in a list on its line", JSON.stringify([INNER, INNER])],
    ["in quotes", JSON.stringify(QUOTED)],
    ["in quotes twice", JSON.stringify(JSON.stringify(QUOTED))],
    ["in the payload of an integration of unknown kind", external({ body: INNER })],
    ["as text in such a payload", external({ raw: QUOTED })],
    ["of an integration in such a payload", external({ git: { details: COMMIT } })],
  ])("%s", async (_where, record) => {
    expect(await unjudged(record)).toBe(1);
  });

  it.each<[string, object | string]>([
    ["a line of an application's log", { time: "10:00", level: "info", msg: "started", event: "boot" }],
    ["one with one such field", { level: "info", ctx: { event_id: "a", level: 3 } }],
    ["one with JSON text of its own", { msg: '{"id":1,"timestamp":2}' }],
    ["one with braces", { msg: "{name} is {", args: ["{", "}"] }],
    ["one that names the fields", { msg: "{event_id: 1, event_type is missing}" }],
    ["two fields of a CI event", { ci: { run_id: 1, pipeline_id: 2 } }],
    ["a family of another kind", { webhook_event_family: "orders", webhook_event_id: "a" }],
    ["one that tells of an event", { last_event_family: "intent", last_event_id: "a", level: "info" }],
    ["one with names in another alphabet", { время: "10:00", событие: "запуск", имя: "a", тип: "b" }],
    ["one with one such letter", { еvent_id: "a", уровень: "info" }],
    ["one with a very long name", { ["x".repeat(1 << 20)]: "intent" }],
    ["a list of numbers", "[1,2,3]"],
    ["an empty object", {}],
    ["a webhook with a type and a time", external({ event_type: "order", timestamp: "10:00", name: "a" })],
    // The schema leaves payload to its sender, and what is told of there is not emitted.
    ["an event that tells of another", event({ payload: { cause: INNER } })],
  ])("and %s is not", async (_what, record) => {
    expect(await unjudged(record)).toBe(0);
  });
});

describe("a run with records that were not judged", () => {
  const records = Array.from({ length: 40 }, (_, index) =>
    index % 3 === 0 ? { log: QUOTED, stream: "stdout" } : event(),
  );

  it("is inconclusive, and says how many there are", async () => {
    const report = await check([fileWith(...records)]);
    expect(report.inputs[0]?.unjudged).toBe(14);
    expect(report.verdict).toBe("inconclusive");
    expect(exitCodeOf(report)).toBe(3);
  });

  it.each(["samples", "snapshot"] as const)("is so too where an option calls events %s", async (kind) => {
    for (const [record, count] of [
      [INNER, 1],
      [COMMIT, 1],
      [{ detail: INNER }, 1],
      [{ input: {}, output: {} }, 0],
    ] as const) {
      const path = fileWith(record);
      expect(unjudgedIn(await check([path], { kinds: { [path]: kind } }))).toBe(count);
    }
  });

  it("says how they can be judged", async () => {
    const held = await check([fileWith({ detail: { event: INNER } })]);
    expect(held.findings[0]?.hint).toContain("--unwrap /detail/event");
    const flat = await check([fileWith(named("acme_", INNER))]);
    expect(flat.findings[0]?.hint).toContain("the text before or after each name");
  });

  it("leaves the number out where there are none", async () => {
    const report = await check([fileWith(event())]);
    expect(report.inputs[0]).not.toHaveProperty("unjudged");
  });

  it.each<CheckOptions>([
    { blockBytes: 1 },
    { blockBytes: 300 },
    { jobs: 2, inlineBytes: 0, blockBytes: 900 },
  ])("counts the same with %o", async (options) => {
    const path = fileWith(...records);
    expect(await check([path], options)).toEqual(await check([path]));
  });

  it("counts the same from a state", async () => {
    const [one, two] = [fileWith(...records.slice(0, 20)), fileWith(...records.slice(20))];
    const state = join(folder, "one.state");
    await check([one], { onState: async (lines) => writeFileSync(state, [...lines].join("")) });
    const merged = await check([two], { stateIn: [state] });
    expect(merged.inputs.map((input) => input.unjudged)).toEqual([7, 7]);
    expect(merged.verdict).toBe("inconclusive");
  });
});

describe("events that are alike", () => {
  const claimed = (payload?: object): object => {
    const kind = { event_type: "git_event", event_family: "external_integration", source: "acme-1.0" };
    return event({ ...kind, ...(payload !== undefined && { payload }) });
  };

  it.each<[string, (index: number) => object]>([
    ["without a payload", () => claimed()],
    ["with an empty payload", () => claimed({})],
    ["with other fields", (index) => claimed({ sha: index, ref: "trunk" })],
    ["with camelCase", (index) => claimed({ repoUrl: "a", commitId: String(index) })],
  ])("are each an integration event that is none: %s", async (_how, make) => {
    const report = await check([fileWith(...Array.from({ length: 25 }, (_, index) => make(index)))]);
    expect(report.findings.filter(({ level }) => level === "MUST")).toMatchObject([
      { rule: "integration-schema", clauses: ["IS-4.3-1", "IS-4.3-2"], count: 25 },
    ]);
  });

  it("are each an event in another spelling", async () => {
    const camel = { eventId: "a", eventType: "b", eventFamily: "intent", timestamp: "2026-03-01T10:00:00Z" };
    const report = await check([fileWith(event(), ...Array.from({ length: 25 }, () => camel))]);
    expect(report.findings).toMatchObject([{ rule: "event-core-fields", count: 25 }]);
  });
});

describe("a YAML document that is no mapping", () => {
  const yaml = (record: object): string =>
    Object.entries(record)
      .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
      .join("");
  const listed = (record: object): string => `- ${yaml(record).trimEnd().replaceAll("\n", "\n  ")}\n`;
  const snapshot = { snapshot_id: "s", graph_id: "g", captured_at: "2026-03-01T10:00:00Z", node_count: 1 };
  const checked = (text: string): Promise<Report> => {
    const path = join(folder, `${files++}.yaml`);
    writeFileSync(path, text);
    return check([fileWith(event()), path]);
  };

  it.each([
    ["a second document", `${yaml(event())}---\n${yaml(INNER)}`, 6, "second YAML document"],
    ["a second snapshot", `${yaml(snapshot)}---\n${yaml(snapshot)}`, 6, "second YAML document"],
    ["a repeated member", `event_id: broken\n${yaml(event())}`, 2, "comes twice"],
    ["a list of events", listed(INNER), 1, "none of its records"],
    ["a list of snapshots", listed(snapshot), 1, "none of its records"],
  ])("is an error where not all of it can be judged: %s", async (_what, text, line, message) => {
    const report = await checked(text);
    expect(exitCodeOf(report)).toBe(2);
    expect(report.errors).toMatchObject([{ line, message: expect.stringContaining(message) }]);
  });

  it.each([
    ["one event", yaml(event())],
    ["settings", "a: 1\n---\nb: 2\n"],
    ["a list of something else", "- a: 1\n- b: 2\n"],
  ])("is none otherwise: %s", async (_what, text) => {
    expect((await checked(text)).errors).toEqual([]);
  });
});
