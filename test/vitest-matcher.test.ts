import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createSink } from "../src/index.js";
import "../src/vitest.js";
import { BROKEN, CLEAN } from "./support/workspace.js";

const eventsIn = (path: string): object[] =>
  readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as object);

const messageOf = async (assertion: Promise<unknown>): Promise<string> =>
  assertion.then(
    () => "",
    (error: Error) => error.message,
  );

describe("toConform", () => {
  it("passes for events that conform, and for a sink of them", async () => {
    await expect(eventsIn(CLEAN)).toConform();
    const sink = await createSink();
    for (const event of eventsIn(CLEAN)) sink.emit(event);
    await expect(sink).toConform();
  });

  it("fails with a line for each place", async () => {
    const message = await messageOf(expect(eventsIn(BROKEN)).toConform());
    expect(message).toContain("events:7:13: error PS-4.1-2: event_id is a UUID, but not of version 4");
    expect(message).toContain("nonconformant: ");
    await expect(eventsIn(BROKEN)).not.toConform();
  });

  it("fails where nothing was checked, whichever way it was put", async () => {
    expect(await messageOf(expect([]).toConform())).toContain("inconclusive");
    expect(await messageOf(expect([]).not.toConform())).toContain("inconclusive");
  });

  it("takes options", async () => {
    expect(await messageOf(expect(eventsIn(CLEAN)).toConform({ claims: ["runtime"] }))).toContain(
      "inconclusive",
    );
    await expect(eventsIn(BROKEN)).toConform({ failOn: "none" });
    const begun = eventsIn(CLEAN).slice(0, 2);
    await expect(begun).toConform();
    await expect(begun).not.toConform({ complete: true });
  });

  it("says which findings fail the test", async () => {
    const events = eventsIn(CLEAN).map((event) => ({ ...event, source_module: undefined }));
    const message = await messageOf(expect(events).toConform({ failOn: "should" }));
    expect(message).toContain("at or above the level that fails the run (exit 1).");
    await expect(events).toConform();
  });

  it("refuses a level that there is not, and a name that is nearly failOn", async () => {
    const unknown = { failOn: "shuold" } as object;
    expect(await messageOf(expect(eventsIn(CLEAN)).toConform(unknown))).toBe(
      "there is no level shuold: failOn is one of must, should, may, none",
    );
    const misspelled = { "fail-on": "should" } as object;
    expect(await messageOf(expect(eventsIn(CLEAN)).toConform(misspelled))).toContain("did you mean failOn?");
  });

  it("refuses options that a sink would not go by", async () => {
    const sink = await createSink();
    for (const event of eventsIn(CLEAN).slice(0, 2)) sink.emit(event);
    const message = await messageOf(expect(sink).toConform({ complete: true }));
    expect(message).toContain("pass complete to createSink, not to toConform");
    await expect(sink).toConform({ failOn: "should" });
  });
});
