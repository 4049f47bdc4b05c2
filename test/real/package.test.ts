import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../support/fixtures.js";

/** A binary may have been built too; it is large, and not packed. */
const BINARY = join(ROOT, "dist/binary");
const LOG = join(ROOT, "fixtures/quickstart/events.ndjson");
let folder = "";

const npm = (args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): string =>
  execFileSync("npm", args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly files: readonly string[];
  readonly scripts?: Readonly<Record<string, string>>;
}

const manifestIn = (path: string): Manifest =>
  JSON.parse(readFileSync(join(path, "package.json"), "utf8")) as Manifest;

/** A clone that is built already: packing builds anew, which would take dist away from other tests. */
function builtClone(): string {
  const clone = join(folder, "clone");
  for (const name of ["bin", "dist", "schemas", "invariants", "scripts", "docs", "README.md", "CHANGELOG.md"])
    cpSync(join(ROOT, name), join(clone, name), { recursive: true, filter: (path) => path !== BINARY });
  for (const name of [".npmrc", "LICENSE"]) cpSync(join(ROOT, name), join(clone, name));
  const manifest = manifestIn(ROOT);
  const scripts = { ...manifest.scripts, build: "node -p 1" };
  writeFileSync(join(clone, "package.json"), JSON.stringify({ ...manifest, scripts }));
  return clone;
}

let printed = "";
let clone = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-check-package-"));
  clone = builtClone();
  printed = npm(["pack", "--pack-destination", folder], clone);
  const { name, version } = manifestIn(ROOT);
  writeFileSync(join(folder, "package.json"), '{"private":true,"type":"module"}');
  npm(["install", "--prefer-offline", "--no-audit", "--no-fund", `./${name}-${version}.tgz`], folder);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("packing", () => {
  it("prints the name of the file, and leaves the clone as it was", () => {
    const { name, version, scripts } = manifestIn(ROOT);
    expect(printed).toBe(`${name}-${version}.tgz\n`);
    expect(manifestIn(clone).scripts).toEqual({ ...scripts, build: "node -p 1" });
    expect(readdirSync(clone).filter((each) => each.startsWith("package.json"))).toEqual(["package.json"]);
    expect(scripts?.prepack).toMatch(/^npm run build && /);
  });

  it("gives the package.json back even if an earlier one was interrupted", () => {
    const before = readFileSync(join(clone, "package.json"), "utf8");
    const manifest = (what: string) =>
      execFileSync(process.execPath, [join(clone, "scripts/packed-manifest.mjs"), what]);
    for (const what of ["write", "write"]) manifest(what);
    expect(manifestIn(clone).scripts).toBeUndefined();
    manifest("restore");
    expect(readFileSync(join(clone, "package.json"), "utf8")).toBe(before);
    manifest("restore");
    expect(readFileSync(join(clone, "package.json"), "utf8")).toBe(before);
  });
});

describe("the packed package, installed into an empty folder", () => {
  it("checks a log from the command line", () => {
    const bin = join(folder, "node_modules/.bin/mplp-check");
    expect(execFileSync(bin, [LOG], { cwd: folder, encoding: "utf8" })).toContain("no-violations-found");
  });

  it("checks a log as a library", () => {
    const script = `import { check, exitCodeOf } from "mplp-check";
      const report = await check([${JSON.stringify(LOG)}]);
      console.log(report.verdict, exitCodeOf(report, "must"));`;
    const printed = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(printed).toBe("no-violations-found 0\n");
  });

  it("comes with types", () => {
    writeFileSync(
      join(folder, "use.ts"),
      `import { check, type Report } from "mplp-check";
       export const report: Promise<Report> = check(["log.ndjson"], { maxFindings: 5 });
       // @ts-expect-error a claim is not just any text
       void check([], { claims: ["everything"] });`,
    );
    const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023", "--skipLibCheck"];
    const tsc = join(ROOT, "node_modules/@typescript/native/bin/tsc");
    execFileSync(process.execPath, [tsc, ...options, "use.ts"], { cwd: folder, encoding: "utf8" });
  });

  it("has no script, so that nobody who installs it builds it", () => {
    const installed = join(folder, "node_modules/mplp-check");
    const manifest = manifestIn(installed);
    const { scripts, devDependencies, allowScripts, ...others } = manifestIn(ROOT) as Manifest &
      Record<string, unknown>;
    expect([scripts?.prepare, devDependencies, allowScripts]).not.toContain(undefined);
    expect(manifest).toEqual(others);
  });

  it("can be installed from a repository of its own files", () => {
    const installed = join(folder, "node_modules/mplp-check");
    const repository = join(folder, "repository");
    cpSync(installed, repository, { recursive: true });
    const git = (...args: readonly string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@acme.example", ...args], {
        cwd: repository,
        stdio: "ignore",
      });
    git("init", "-q");
    git("add", "-A");
    git("commit", "-qm", "packed");
    const user = join(folder, "user");
    mkdirSync(user);
    writeFileSync(join(user, "package.json"), '{"private":true}');
    const from = `git+file://${repository}`;
    npm(["install", "--prefer-offline", "--no-audit", "--no-fund", from], user);
    const bin = join(user, "node_modules/.bin/mplp-check");
    expect(execFileSync(bin, [LOG], { cwd: user, encoding: "utf8" })).toContain("no-violations-found");
  });

  it("brings the report's schema", () => {
    const schema = join(folder, "node_modules/mplp-check/schemas/report.schema.json");
    expect(JSON.parse(readFileSync(schema, "utf8"))).toMatchObject({ title: "mplp-check report" });
  });
});

describe("docs/install.md", () => {
  const page = readFileSync(join(ROOT, "docs/install.md"), "utf8");

  it("names the tarball that npm pack makes", () => {
    const [, file = ""] = /^npm install --save-dev \.\/(\S+)$/m.exec(page) ?? [];
    expect(existsSync(join(folder, file))).toBe(true);
    expect(page).toMatch(/^npm pack$/m);
  });

  it("puts the command of a clone among those of Node.js", () => {
    const [, command = ""] = /^npm link\n(.*)$/m.exec(page) ?? [];
    const prefix = join(folder, "global");
    npm(["link", "--ignore-scripts", "--no-audit", "--no-fund"], ROOT, { npm_config_prefix: prefix });
    const path = `${join(prefix, "bin")}:${process.env.PATH}`;
    const printed = execFileSync("sh", ["-c", command], {
      cwd: ROOT,
      env: { ...process.env, PATH: path },
      encoding: "utf8",
    });
    expect(printed).toContain("no-violations-found");
  });
});
