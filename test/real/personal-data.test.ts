import { describe, expect, it } from "vitest";
import { holdsEmailAddress } from "../../src/privacy/personal-data.js";
import { some } from "../support/long.js";

describe("holdsEmailAddress", () => {
  const units = [
    "a",
    "@",
    "a@",
    "a@a.",
    "a@a.bc@",
    "@a.b",
    ".@",
    "a.",
    "é@é.",
    "://a:a@",
    "x:a@b.c:d ",
    `${"a".repeat(64)}@`,
    "\u{1f511}@",
  ];
  it.each(some("texts of 4 MB", units))("reads 4 MB of %j in a moment", (unit) => {
    const text = unit.repeat(Math.ceil(4e6 / unit.length));
    const start = performance.now();
    expect(holdsEmailAddress(text)).toBe(false);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
