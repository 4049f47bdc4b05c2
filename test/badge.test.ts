import { describe, expect, it } from "vitest";
import { readBadge } from "./support/formats/badge.js";
import { HOSTILE, hostileReport } from "./support/hostile.js";
import { busyReport, ending, rendered } from "./support/reports.js";

describe("the badge", async () => {
  const busy = await busyReport();

  it.each(Object.entries(HOSTILE))("is sound with %s in every text", (_, text) => {
    expect(readBadge(rendered(hostileReport(busy, text), "badge"))).toEqual(
      readBadge(rendered(busy, "badge")),
    );
  });

  it.each([
    ["conforming", /^conformant$/, "green"],
    ["conforming but for what is waived", /^conformant, with waivers$/, "yellow"],
    ["good", /^no violations found, 22 MUST clauses tested$/, "green"],
    ["broken, waived", /^no violations found, with waivers, 21 MUST clauses tested$/, "yellow"],
    ["good, claimed", /^inconclusive, 24 MUST clauses tested$/, "orange"],
    ["nothing", /^inconclusive, 0 MUST clauses tested$/, "orange"],
    [
      "an unreadable input",
      /^no violations found, 22 MUST clauses tested, not everything checked$/,
      "orange",
    ],
    ["interrupted", /^inconclusive, 0 MUST clauses tested, not everything checked$/, "orange"],
    ["broken", /^nonconformant, 21 MUST clauses tested$/, "red"],
  ])("of a run that is %s, says %s in %s", async (name, message, color) => {
    const badge = readBadge(rendered(await ending(name), "badge"));
    expect(badge).toMatchObject({ label: "MPLP v1.0.0", color });
    expect(badge.message).toMatch(message);
  });
});
