import { describe, expect, it } from "vitest";
import { readPieces } from "../support/blocks.js";

describe("lines of a hostile size", () => {
  const size = 1 << 15;
  it.each(
    [
      "{",
      "}",
      '"',
      "\\",
      '\\"',
      '{"',
      '"}',
      "}{",
      '{"a":',
      '{"a":"',
      "[",
      "]}",
      "{}",
      "{},",
      "\0",
      "\ufeff",
      '{"a":1}x',
      "{\n",
      "}\n",
      '{\n"\n',
    ]
      .map((unit) => [unit, unit.repeat(size / unit.length)] as const)
      .map(([unit, text]) => [JSON.stringify(unit), text]),
  )(
    "are read in linear time: %s",
    async (_unit, text) => {
      const started = performance.now();
      for (const whole of [
        text,
        `{"event_id":1,"event_type":"${text}`,
        `${text}{"event_id":1,"event_type":2}`,
      ])
        for (const _record of (await readPieces(Buffer.from(whole), { every: 1 << 20 })).records);
      expect(performance.now() - started).toBeLessThan(30_000);
    },
    120_000,
  );
});
