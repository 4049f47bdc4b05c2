import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { ROOT } from "../support/fixtures.js";

describe("a run of zstd", () => {
  const copies = ["dist/index.js", "dist/bundle/index.js"].map(
    (path) => pathToFileURL(join(ROOT, path)).href,
  );
  const zstd = import.meta.resolve("zstddec/stream");
  const reading = (copy: string) =>
    `await import("${copy}").then((each) => each.check([process.argv[1]])).then(({ errors, summary }) => console.log(summary.events, errors[0]?.message ?? "fine"));`;
  const decoding = `const { ZSTDDecoder } = await import("${zstd}"); const decoder = new ZSTDDecoder(); await decoder.init(); console.log(typeof decoder.decode);`;

  it.each([
    ["another copy of mplp-check", copies.map(reading), "14 fine\n14 fine\n"],
    ["a later user of the decoder", [reading(copies[0] ?? ""), decoding], "14 fine\nfunction\n"],
    [
      "an earlier user of the decoder",
      [decoding, reading(copies[0] ?? "")],
      "function\n0 .*uses zstddec itself.*\n",
    ],
  ])("ends beside %s in one process", (_what, steps, expected) => {
    const path = join(ROOT, "fixtures/inputs/events.ndjson.zst");
    const args = ["--input-type=module", "-e", steps.join("\n"), path];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 50_000 });
    expect(stderr).toBe("");
    expect(stdout).toMatch(new RegExp(`^${expected}$`));
  });
});
