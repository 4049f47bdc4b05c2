import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import fastGlob from "fast-glob";
import { describe, expect, it } from "vitest";
import { ROOT } from "./support/fixtures.js";

interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly files: readonly string[];
}

const { bin, exports, files } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Manifest;
const targets = Object.values(exports).flatMap((target) =>
  typeof target === "string" ? [target] : Object.values(target),
);
/** The files at a path, in a folder, or of a pattern. */
const foundAt = (path: string): readonly string[] => {
  const isFolder = statSync(join(ROOT, path), { throwIfNoEntry: false })?.isDirectory() === true;
  return fastGlob.sync(isFolder ? `${path}/**` : path, { cwd: ROOT });
};

/** test/real/package.test.ts packs and installs it. */
describe("package.json", () => {
  it.each([...Object.values(bin), ...targets])("leads to what was built, and packs it: %s", (target) => {
    const path = target.replace(/^\.\//, "");
    expect(foundAt(path)).not.toEqual([]);
    const packed = new Set([...files.flatMap(foundAt), "package.json"]);
    expect(foundAt(path).filter((file) => !packed.has(file))).toEqual([]);
  });
});

/** test/real/binary.test.ts makes the program as one file, and runs it. */
describe("scripts/binary.mjs", () => {
  it("takes files of dist that were built", () => {
    const script = readFileSync(join(ROOT, "scripts/binary.mjs"), "utf8");
    const taken = [...script.matchAll(/"(?:\.\/)?(dist\/[\w/-]+\.js)"/g)].map(([, path = ""]) => path);
    expect(taken.length).toBeGreaterThan(2);
    for (const path of taken) expect(existsSync(join(ROOT, path)), path).toBe(true);
  });
});
