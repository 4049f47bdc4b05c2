import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FORMAT_NAMES, type Report, VERSION } from "../../src/index.js";
import { INLINE_BYTES } from "../../src/run/blocks/block-queue.js";
import { mplpCheck, type Outcome } from "../support/cli.js";
import { ROOT } from "../support/fixtures.js";
import { listenerPerTest } from "../support/listener.js";
import { some } from "../support/long.js";

const NAME = process.platform === "win32" ? "mplp-check.exe" : "mplp-check";
const BROKEN = join(ROOT, "fixtures/quickstart/broken.ndjson");
const AUDIT = join(ROOT, "fixtures/audit/conforming");
const listen = listenerPerTest();

let folder = "";
let program = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-check-binary-"));
  const built = join(folder, "built");
  execFileSync(process.execPath, [join(ROOT, "scripts/binary.mjs"), built], { stdio: "pipe" });
  // Alone, in a folder of its own.
  program = join(folder, "alone", NAME);
  mkdirSync(join(folder, "alone"));
  cpSync(join(built, NAME), program);
  const log = readFileSync(join(ROOT, "fixtures/quickstart/events.ndjson"));
  const copies = Array.from({ length: Math.ceil((1.2 * INLINE_BYTES) / log.length) }, () => log);
  writeFileSync(join(folder, "alone/large.ndjson"), Buffer.concat([...copies, readFileSync(BROKEN)]));
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const alone = (): string => join(folder, "alone");

/** Runs the binary where no other program is found. */
async function run(...args: readonly string[]): Promise<Outcome> {
  const options = { cwd: alone(), env: { PATH: alone() }, maxBuffer: 1e8 };
  return promisify(execFile)(program, args, options).then(
    ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
    ({ code, stdout, stderr }: Outcome & { code: number }) => ({ status: code, stdout, stderr }),
  );
}

/** What the package says in the same folder. */
const packaged = (...args: readonly string[]): Promise<Outcome> => mplpCheck(args, { cwd: alone() });

describe("the binary", () => {
  it("is one file and the licences of what is in it, and names no folder of the machine that built it", () => {
    expect(readdirSync(join(folder, "built")).sort()).toEqual(["LICENSES.txt", NAME].sort());
    const licences = readFileSync(join(folder, "built/LICENSES.txt"), "utf8");
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      dependencies: Readonly<Record<string, string>>;
    };
    for (const name of Object.keys(dependencies)) expect(licences).toContain(`\n== ${name} `);
    expect(licences).toContain(`\n== Node.js ${process.version}\n`);
    const bytes = readFileSync(program);
    for (const path of [ROOT, folder]) expect(bytes.includes(path)).toBe(false);
  });

  it("knows its version, its help, its rules and its examples", async () => {
    expect(await run("--version")).toEqual({ status: 0, stdout: `${VERSION}\n`, stderr: "" });
    for (const args of [["--help"], ["rules"], ["explain", "event-id-v4"], ["init", "config", "-o", "-"]])
      expect(await run(...args)).toEqual(await packaged(...args));
  });

  it("finds what the package finds, in every format", async () => {
    for (const each of ["binary", "package"]) {
      const outputs = FORMAT_NAMES.flatMap((name) => ["-f", name, "-o", `${each}/${name}`]);
      const args = [BROKEN, AUDIT, "--claim", "runtime", ...outputs];
      const { status } = await (each === "binary" ? run(...args) : packaged(...args));
      expect(status).toBe(1);
    }
    const read = (each: string, name: string): string => readFileSync(join(alone(), each, name), "utf8");
    for (const name of FORMAT_NAMES) expect(read("binary", name), name).toBe(read("package", name));
    const { findings } = JSON.parse(read("binary", "json")) as Report;
    expect(findings.map(({ rule }) => rule)).toContain("event-id-v4");
  });

  const ways = [
    ["--jobs", "1"],
    ["--jobs", "4"],
    ["--jobs", "4", "--schemas", "schemas"],
  ];
  it.each(some("threads for a large log", ways))("checks a large log with %s %s %s", async (...way) => {
    const args = ["large.ndjson", "-f", "json"];
    // By given schemas, only threads read blocks.
    cpSync(join(ROOT, "schemas"), join(alone(), "schemas"), { recursive: true });
    const [expected, ended] = [await packaged(...args, ...way), await run(...args, ...way)];
    expect(ended.status).toBe(1);
    expect(ended).toEqual(expected);
  });

  it("reads and writes what is described by schemas: reports, states, configurations, statements", async () => {
    writeFileSync(join(alone(), "own.yaml"), "claim: runtime\nfail-on: should\n");
    const commands = [
      [AUDIT, "--config", "own.yaml", "--state-out", "a.state", "-f", "json", "-o", "run.json"],
      ["merge", "a.state", "--claim", "runtime", "--expect", "1"],
      ["report", "run.json", "-f", "markdown"],
      ["diff", "run.json", "run.json"],
      [
        "statement",
        "run.json",
        "--product",
        "Acme",
        "--version",
        "2",
        "--contact",
        "m@acme.example",
        "--valid-until",
        "2027-06-30",
      ],
    ];
    for (const args of commands) {
      const ended = await run(...args);
      expect(ended.status, ended.stderr).toBe(0);
      expect(ended).toEqual(await packaged(...args));
    }
  });

  it("suggests what was meant, and masks secrets: packages that are loaded late are inside too", async () => {
    expect((await run("explain", "event-id-v5")).stderr).toContain("event-id-v4");
    const secrets = join(ROOT, "fixtures/rules/no-secrets/invalid");
    const args = [secrets, "-f", "text"];
    const ended = await run(...args);
    expect(ended.stdout).toMatch(/\[secret, \d+ characters\]/);
    expect(ended).toEqual(await packaged(...args));
    const zstd = ["-f", "json", join(ROOT, "fixtures/inputs/events.ndjson.zst")];
    expect(await run(...zstd)).toEqual(await packaged(...zstd));
  });

  it("listens", async () => {
    const listener = await listen.start([], { program: [program], env: { PATH: alone() } });
    const [event = ""] = readFileSync(BROKEN, "utf8").split("\n");
    expect((await listener.post("/v1/events", event)).status).toBe(202);
    const report = JSON.parse(await listener.stop()) as Report;
    expect([report.summary.events, report.verdict]).toEqual([1, "nonconformant"]);
    expect((await listener.ended).status).toBe(1);
  });
});
