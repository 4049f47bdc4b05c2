import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scopesOf } from "../src/engine/block/rulebook.js";
import { type Defect, shownBy } from "../src/model/defect.js";
import { NO_TERMS } from "../src/model/likeness.js";
import type { EventRule, Examined } from "../src/model/rule.js";
import { isJsonObject } from "../src/model/subject.js";
import { recognise } from "../src/recognise/recognise.js";
import { RULES } from "../src/rules/index.js";
import { blockReaderFor } from "../src/run/blocks/block-reader.js";
import { completed } from "../src/run/blocks/unhurried.js";
import { loadProtocol } from "../src/run/protocol/load-protocol.js";
import { ruleFixtures } from "./support/fixtures.js";
import { some } from "./support/long.js";
import { READER } from "./support/reader.js";
import { runs } from "./support/runs.js";
import { likenessOf, recordsIn } from "./support/scanned.js";
import { toldBy } from "./support/told.js";

const ID = "3f2b8c1e-5d4a-4e6f-9a7b-0c1d2e3f4a5b";
const TIME = "2026-01-05T08:00:00.000Z";

function isObject(line: string): boolean {
  try {
    return isJsonObject(JSON.parse(line));
  } catch {
    return false;
  }
}

/** Runs a rule about events; whether an event that is like this one need not be shown to it. */
function isSettledBy(rule: EventRule, examined: Examined, defects: readonly Defect[]): boolean {
  let drafts = 0;
  rule.applies?.(examined);
  for (const defect of defects) rule.explain?.(defect, examined);
  rule.check?.(examined, () => drafts++, { isDummy: () => false });
  return drafts === 0;
}

/** An object that notes which of its members are looked at; those of its members are noted with dots between. */
function noting<Kind extends object>(object: Kind, read: Set<PropertyKey>, path = ""): Kind {
  return new Proxy(object, {
    get: (target, name) => {
      const whole = path === "" ? name : `${path}.${String(name)}`;
      read.add(whole);
      const value: unknown = Reflect.get(target, name);
      return isJsonObject(value) ? noting(value, read, String(whole)) : value;
    },
    ownKeys: (target) => {
      read.add(`${path}*`);
      return Reflect.ownKeys(target);
    },
  });
}

/** True for members that likeness does not tell: of these, only the names matter, and which of them are objects. */
function isUnknown(name: PropertyKey, members: readonly string[]): boolean {
  return typeof name === "string" && !members.includes(name) && !name.includes(".");
}

describe("events that are alike", () => {
  /** Of each finding one place is listed: then the scanner takes broken events too. */
  const COUNTING = { ...READER, maxFindings: 1, everyOccurrence: false };
  const READERS = [READER, COUNTING];

  /** Reads blocks by kinds, which it keeps from block to block, and by examining each event. */
  async function bothReaders(): Promise<(lines: readonly string[]) => void> {
    const { protocol } = await loadProtocol({});
    const readers = READERS.map((options) => ({
      knowing: blockReaderFor(protocol, options),
      examining: blockReaderFor({ ...protocol, likeness: NO_TERMS }, options),
    }));
    return (lines) => {
      const block = { bytes: Buffer.from(`${lines.join("\n")}\n`), lines: lines.length };
      for (const { knowing, examining } of readers)
        expect(toldBy(completed(knowing(block, undefined)))).toEqual(
          toldBy(completed(examining(block, undefined))),
        );
    };
  }

  const events = ruleFixtures()
    .filter(({ path }) => path.endsWith(".ndjson"))
    .flatMap(({ path }) => readFileSync(path, "utf8").split("\n"))
    .filter((line) => line.length < 5000 && line.startsWith("{"));
  const changed = fc
    .record({
      line: fc.constantFrom(...events),
      member: fc.nat(10),
      value: fc.oneof(
        fc.constantFrom(ID, TIME, "running", "completed", "node_add", "bulk", "core", "x", "", 0, 1, -1, 1.5),
        fc.constantFrom(null, true, {}, [], { tool_id: "a", tool_kind: "linter" }, "a@example.com"),
        fc.constant(undefined),
      ),
    })
    .map(({ line, member, value }) => {
      try {
        const event = JSON.parse(line) as Record<string, unknown>;
        const name = Object.keys(event)[member];
        return name === undefined ? line : JSON.stringify({ ...event, [name]: value });
      } catch {
        return line;
      }
    });

  /** Events like some event: with other ids and times, and with numbers and names that differ a little. */
  const variants = (line: string, seed: number): readonly string[] =>
    Array.from({ length: 8 }, (_, index) => {
      const round = (seed + index) % 9;
      return line
        .replace(/"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"/g, (id) =>
          index % 3 === 0 ? id : `"${id.slice(1, 36)}${round}"`,
        )
        .replace(/T(\d\d):(\d\d):(\d\d)/g, (time) =>
          index % 4 === 0 ? time : `${time.slice(0, -1)}${round}`,
        )
        .replace(/(?<=_delta":|_order":|lines_added":)-?\d+/g, (number) =>
          index % 2 === 0 ? number : `${number}${round}`,
        )
        .replace(/(?<="(?:file_path|commit_id|run_id)":")[^"]*/g, (name) =>
          index % 2 === 0 ? name : `${name}${round}`,
        );
    });

  it("keep the same for log rules, whether a program writes it or their sources say it", async () => {
    const expectSame = await bothReaders();
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.oneof(fc.constantFrom(...events), changed), fc.nat(8)), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.boolean(),
        (chosen, isMixed) => {
          const groups = chosen.map(([line, seed]) => variants(line, seed));
          const lines = isMixed
            ? Array.from({ length: 8 }, (_, index) => groups.map((group) => group[index] ?? "")).flat()
            : groups.flat();
          expectSame(lines);
        },
      ),
      { numRuns: runs(300) },
    );
  });

  it("break the same rules, whether each is examined or the first of them", async () => {
    const expectSame = await bothReaders();
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...events), changed), { minLength: 1, maxLength: 40 }),
        (lines) => {
          expectSame([...lines, ...lines, ...lines]);
        },
      ),
      { numRuns: runs(150) },
    );
  });

  /** Ids, times and numbers that are wrong in many ways: some are alike, others only nearly. */
  const wrongValues = fc.oneof(
    fc.nat(1_000_000_000),
    fc.nat(1000),
    fc.bigInt({ min: 0n, max: 10n ** 19n }).map(Number),
    fc.double({ min: 0, max: 1e18, noNaN: true }),
    fc.stringMatching(/^[0-9a-z][-0-9a-zA-Z_.]{0,39}$/),
    fc.stringMatching(/^(?:[0-9a-f]{24}|[0-9a-hjkmnp-tv-z]{26}|[0-9a-f]{32})$/),
    fc.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
    fc.stringMatching(
      /^[a-zA-Z]{1,14}[-_:.]{1,2}[0-9a-fA]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    ),
    fc.stringMatching(
      /^20\d\d-[01]\d-[0-3]\d[T _][0-2]\d:[0-6]\d:[0-6]\d(?:[.,]\d{1,3})?(?:Z|[+-]\d\d:?[05]\d)?$/,
    ),
  );

  /** An event with another value of a member, or of a member of its payload. */
  function withMember(line: string, name: string, isInPayload: boolean, value: unknown): string {
    const event = JSON.parse(line) as Record<string, unknown>;
    const payload = isJsonObject(event.payload) ? event.payload : {};
    const changes = isInPayload ? { payload: { ...payload, [name]: value } } : { [name]: value };
    return JSON.stringify({ ...event, ...changes });
  }

  /** An event without a member, which may stand elsewhere, and with other members that may mean it. */
  function withoutMember(line: string, name: string, more: readonly string[], place: string): string {
    const { [name]: lost = "x", ...event } = JSON.parse(line) as Record<string, unknown>;
    const { [name]: _lost, ...payload } = isJsonObject(event.payload) ? event.payload : {};
    const others = Object.fromEntries(more.map((other) => [other, lost]));
    const inPayload = place === "payload" ? { ...payload, [name]: lost } : payload;
    if (place === "top") return JSON.stringify({ ...others, ...event, payload: inPayload });
    return JSON.stringify({ ...event, ...holders(name, lost, place), payload: { ...inPayload, ...others } });
  }

  /** Members of the same names in which a missing one may be. */
  function holders(name: string, lost: unknown, place: string): object {
    const [other, short] = [{ x: lost }, name.replace("event_", "")];
    if (place === "data") return { data: { [name]: lost }, event: other };
    if (place === "event") return { data: other, event: { [short]: lost } };
    if (place === "list") return { data: [lost], event: "x" };
    return place === "other" ? { data: other, event: other } : {};
  }

  it.each([
    ["values", false],
    ["values in their payload", true],
  ])("break the same rules by their %s", async (_what, isInPayload) => {
    const { protocol } = await loadProtocol({});
    const expectSame = await bothReaders();
    const { members, payload } = protocol.likeness;
    const names = isInPayload
      ? fc.constantFrom(...Object.keys(payload))
      : fc.oneof(fc.constantFrom("event_id", "timestamp"), fc.constantFrom(...members));
    fc.assert(
      fc.property(
        fc.constantFrom(...events.filter(isObject)),
        names,
        fc.array(wrongValues, { minLength: 2, maxLength: 20 }),
        (line, name, values) => {
          const lines = values.map((value) => withMember(line, name, isInPayload, value));
          expectSame([...lines, ...lines, ...lines]);
        },
      ),
      { numRuns: runs(2000) },
    );
  });

  it("break the same rules by what is missing, wherever it is or whatever it is called", async () => {
    const { protocol } = await loadProtocol({});
    const expectSame = await bothReaders();
    const { members, payload } = protocol.likeness;
    const names = fc.oneof(fc.constant("timestamp"), fc.constantFrom(...members, ...Object.keys(payload)));
    const others = fc.array(fc.constantFrom("Timestamp", "time", "eventId", "stage", "id", "tool", "x"), {
      maxLength: 2,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...events.filter(isObject)),
        names,
        fc.array(
          fc.tuple(others, fc.constantFrom("nowhere", "payload", "top", "data", "event", "list", "other")),
          {
            minLength: 2,
            maxLength: 12,
          },
        ),
        (line, name, variants) => {
          const lines = variants.map(([more, place]) => withoutMember(line, name, more, place));
          expectSame([...lines, ...lines, ...lines]);
        },
      ),
      { numRuns: runs(1000) },
    );
  });

  it("break the same rules by several members at a time", async () => {
    const { protocol } = await loadProtocol({});
    const expectSame = await bothReaders();
    const { members, payload } = protocol.likeness;
    const values = fc.constantFrom(
      ...[
        "2020-01-02 03:04:05Z",
        "2021-01-02T03:04:05",
        "running",
        "failed",
        "x",
        "",
        7,
        -7,
        1.5,
        null,
        [],
        {},
      ],
      ...[ID, ID.toUpperCase(), `${ID}0`, TIME, undefined],
    );
    const change = fc.record({
      name: fc.oneof(
        fc.constantFrom("event_id", "timestamp", "completed_at", "started_at", "status"),
        fc.constantFrom(...members, ...Object.keys(payload), "Timestamp", "eventId", "graph", "state"),
      ),
      isInPayload: fc.boolean(),
      value: values,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...events.filter(isObject)),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.nat(8),
        (line, changes, seed) => {
          const broken = changes.reduce(
            (each, { name, isInPayload, value }) => withMember(each, name, isInPayload, value),
            line,
          );
          // What is kept of right events and of broken ones may be merged.
          expectSame([broken, line, broken].flatMap((each, index) => variants(each, seed + index)));
        },
      ),
      { numRuns: runs(4000) },
    );
  });

  it("are listed anew in each input", async () => {
    const { protocol } = await loadProtocol({});
    const read = blockReaderFor(protocol, COUNTING);
    const event = { event_id: ID, event_type: "", event_family: "intent", timestamp: TIME, payload: {} };
    const bytes = Buffer.from(`${JSON.stringify(event)}\n`.repeat(20));
    const listed = [0, 0, 1, 1].map((input) => {
      const { ledger } = completed(read({ bytes, lines: 20 }, undefined, input));
      return [...ledger.groups.values()].map(({ count, locations }) => [count, locations.length]);
    });
    expect(listed).toEqual([[[20, 1]], [[20, 0]], [[20, 1]], [[20, 0]]]);
  });

  it("have findings of their own where something else in them says what is meant", async () => {
    const { protocol } = await loadProtocol({});
    const event = { event_id: ID, event_type: "x", event_family: "intent", timestamp: TIME, payload: {} };
    const lines = [
      ...new Array(3).fill({ ...event, event_type: "" }),
      ...new Array(3).fill({ ...event, timestamp: undefined }),
      { ...event, timestamp: undefined, Timestamp: TIME },
      { ...event, event_type: "", event_id: "1" },
      ...[1, 123456789, 1].map((timestamp) => ({ ...event, timestamp })),
    ].map((each) => JSON.stringify(each));
    const block = { bytes: Buffer.from(lines.join("\n")), lines: lines.length };
    const { ledger } = completed(blockReaderFor(protocol, READER)(block, undefined));
    const found = [...ledger.groups.values()].map(({ rule, hint, count, locations }) => ({
      rule,
      isHinted: /Timestamp|in seconds/.test(hint ?? ""),
      count,
      lines: locations.map(({ at }) => at.line),
    }));
    expect(found).toEqual([
      { rule: "event-type-non-empty", isHinted: false, count: 4, lines: [0, 1, 2, 7] },
      { rule: "event-core-fields", isHinted: false, count: 3, lines: [3, 4, 5] },
      { rule: "event-core-fields", isHinted: true, count: 1, lines: [6] },
      { rule: "event-id-v4", isHinted: false, count: 1, lines: [7] },
      { rule: "event-core-fields", isHinted: false, count: 2, lines: [8, 10] },
      { rule: "event-core-fields", isHinted: true, count: 1, lines: [9] },
    ]);
  });

  it("have findings of their own where their family is unknown and their payload says what is meant", async () => {
    const { protocol } = await loadProtocol({});
    const event = { event_id: ID, event_type: "x", event_family: "ExternalIntegration", timestamp: TIME };
    const payloads = [{ a: 1 }, { toolId: "a", toolKind: "linter" }, { a: 1 }];
    const lines = payloads.map((payload) => JSON.stringify({ ...event, payload }));
    const block = { bytes: Buffer.from(lines.join("\n")), lines: lines.length };
    const { ledger } = completed(blockReaderFor(protocol, READER)(block, undefined));
    const found = [...ledger.groups.values()].map(({ rule, count }) => ({ rule, count }));
    expect(found).toContainEqual({ rule: "event-family-known", count: 3 });
    expect(found).toContainEqual({ rule: "integration-schema", count: 1 });
  });

  it("are told apart by all that rules look at", async () => {
    const { protocol } = await loadProtocol({});
    const { members, payload } = protocol.likeness;
    const judged = new Set<PropertyKey>([
      ...members,
      ...Object.keys(payload).map((name) => `payload.${name}`),
    ]);
    let tried = 0;
    for (const record of recordsIn(
      `${some("events that each rule looks at", events).filter(isObject).join("\n")}\n`,
    )) {
      const subject = recognise(record.value);
      if (subject.kind !== "profile-event" && (subject.kind !== "event" || !subject.hasFamily)) continue;
      const defects = protocol.defectsOf(subject);
      const shown = defects.map(shownBy);
      if (shown.includes("other") || likenessOf(record.text, protocol.likeness) === 0) continue;
      const integration = "integration" in subject ? subject.integration : undefined;
      if (integration?.fault !== undefined) continue;
      const scopes = scopesOf(subject);
      for (const rule of RULES) {
        if (rule.evidence !== "event" && rule.evidence !== "log") continue;
        const looksAt = rule.evidence === "log" ? rule.source.scopes : rule.scopes;
        if (!looksAt.some((scope) => scopes.includes(scope))) continue;
        const read = new Set<PropertyKey>();
        const event = noting(record.value, read);
        const own: Examined = {
          record,
          subject: { ...subject, value: event },
          event,
          integration: integration && { ...integration, value: noting(integration.value, read, "payload") },
        };
        const isSettled =
          rule.evidence === "log" ? rule.source.observe(own) !== null : isSettledBy(rule, own, defects);
        // What a check looks at to word a finding does not matter; digests of a payload go through all of it.
        const names = [...(isSettled ? read : [])].filter(
          (name) =>
            name !== "payload*" &&
            name !== "payload.toJSON" &&
            !(isUnknown(name, protocol.likeness.members) && shown.includes("names")),
        );
        for (const name of names) expect(judged, `${rule.id} looks at`).toContain(name);
        tried++;
      }
    }
    expect(tried).toBeGreaterThan(1000);
  });

  it("are known by the members that schemas and invariants look at", async () => {
    const { protocol } = await loadProtocol({});
    const paths = protocol.invariants.byScope.event.flatMap(({ path, when }) => [
      path.join("."),
      ...when.map(({ field }) => field),
    ]);
    expect(protocol.likeness.members).toEqual(expect.arrayContaining(paths));
    expect(protocol.likeness.members).toContain("project_id");
  });
});
