import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "./support/fixtures.js";

const LOG = join(ROOT, "fixtures/quickstart/events.ndjson");
let folder = "";

const npm = (args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): string =>
  execFileSync("npm", args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-check-package-"));
  npm(["pack", "--ignore-scripts", "--pack-destination", folder], ROOT);
  const { name, version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    name: string;
    version: string;
  };
  writeFileSync(join(folder, "package.json"), '{"private":true,"type":"module"}');
  npm(["install", "--prefer-offline", "--no-audit", "--no-fund", `./${name}-${version}.tgz`], folder);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

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
