import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mplpCheck } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";

interface Manifest {
  readonly version: string;
  readonly repository: { readonly url: string };
  readonly files: readonly string[];
}

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const { version, repository, files } = JSON.parse(read("package.json")) as Manifest;
const [, project = ""] = /github\.com\/(.+)\.git$/.exec(repository.url) ?? [];

/** Where GitHub serves a file of the repository as it was at the tag of a version. */
const BASE = `https://raw.githubusercontent.com/${project}/v${version}/`;

const schemas = readdirSync(join(ROOT, "schemas"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".schema.json"))
  .map((name) => `schemas/${name.replaceAll("\\", "/")}`);
const own = schemas.filter((path) => path.split("/").length === 2);
const idOf = (path: string): string => (JSON.parse(read(path)) as { $id: string }).$id;

describe("the $id of a schema", () => {
  it.each(own)("of our own leads to the schema at this version: %s", (path) => {
    const id = idOf(path);
    expect(id).toBe(`${BASE}${path}`);
    expect(files).toContain("schemas");
    const resolved = createRequire(import.meta.url).resolve(`mplp-check/${id.slice(BASE.length)}`);
    expect(realpathSync(resolved)).toBe(realpathSync(join(ROOT, path)));
  });

  it("of the protocol is the protocol's", () => {
    const others = schemas.filter((path) => !own.includes(path));
    expect(others).toHaveLength(13);
    for (const path of others) expect(idOf(path)).toMatch(/^https:\/\/mplp\.dev\/schemas\/v1\.0\//);
  });

  it.each(["config", "mapping"])("is what init %s writes for editors", async (what) => {
    const { stdout } = await mplpCheck(["init", what, "-o", "-"], { cwd: join(ROOT, "fixtures") });
    const [, address] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(stdout) ?? [];
    expect(address).toBe(idOf(`schemas/${what}.schema.json`));
  });

  it("is what docs/formats.md says", () => {
    const [, address = ""] =
      /^(https:\/\/\S+\/schemas\/)NAME\.schema\.json$/m.exec(read("docs/formats.md")) ?? [];
    expect(address).toBe(`${BASE}schemas/`);
  });
});
