import { beforeAll, describe, expect, it } from "vitest";
import { lineBlock } from "../src/input/frame/blocks.js";
import { type BlockReader, blockReaderFor } from "../src/run/blocks/block-reader.js";
import { completed } from "../src/run/blocks/unhurried.js";
import { loadProtocol } from "../src/run/protocol/load-protocol.js";
import { READER } from "./support/reader.js";

const CAP = 3;

/** An event whose event_id is no UUID, and one that also lacks its family. */
const WRONG = `{"event_id":"1","event_type":"t","event_family":"intent","timestamp":"2026-01-01T00:00:00Z","payload":{}}\n`;
const FAMILYLESS = `{"event_id":"1","event_type":"t","timestamp":"2026-01-01T00:00:00Z","payload":{}}\n`;

describe("the places that a block lists", () => {
  let read: BlockReader;
  beforeAll(async () => {
    const { protocol } = await loadProtocol({});
    read = blockReaderFor(protocol, { ...READER, maxFindings: CAP, everyOccurrence: false });
  });

  /** How many of its places each finding lists, for a block of two such events. */
  function listed(event: string, input?: number) {
    const { ledger, familyless } = completed(read(lineBlock(Buffer.from(event.repeat(2))), undefined, input));
    return [...ledger.groups.values(), ...familyless.groups.values()].map(
      ({ count, locations }) => `${locations.length} of ${count}`,
    );
  }

  it.each([WRONG, FAMILYLESS])("are those that earlier blocks of the input leave room for: %s", (event) => {
    const all = listed(event);
    expect(new Set(all)).toEqual(new Set(["2 of 2"]));
    const [one, other] = [all.map(() => "1 of 2"), all.map(() => "0 of 2")];
    expect([1, 2, 3].map(() => listed(event, 1))).toEqual([all, one, other]);
  });

  it("do not depend on other inputs", () => {
    const all = listed(WRONG);
    expect([5, 5, 6].map((input) => listed(WRONG, input)).at(-1)).toEqual(all);
    expect(listed(WRONG)).toEqual(all);
  });
});
