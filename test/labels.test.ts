import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { check, type Report } from "../src/index.js";
import { mplpCheck } from "./support/cli.js";
import { AUDIT, BROKEN, rendered } from "./support/reports.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-labels-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const mapping = (runtime: string): string =>
  readFileSync(join(AUDIT, "mapping.yaml"), "utf8").replace(/^runtime: .*$/m, `runtime: ${runtime}`);

describe("--title and --date", () => {
  it("are in the JSON, HTML and Markdown report, and stay when it is rendered again", async () => {
    const label = ["--title", "Acme, release 4", "--date", "2026-11-29"];
    await mplpCheck([BROKEN, ...label, "-o", at("run.json")]);
    const report = JSON.parse(readFileSync(at("run.json"), "utf8")) as Report;
    expect([report.title, report.date]).toEqual(["Acme, release 4", "2026-11-29"]);
    const { stdout } = await mplpCheck(["report", at("run.json"), "-f", "html"]);
    expect(stdout).toContain(
      "<title>Acme, release 4, 2026-11-29: Nonconformant: mplp-check conformance report</title>",
    );
    expect(stdout).toContain('<p class="subject">Acme, release 4, 2026-11-29</p>');
    const other = await mplpCheck(["report", at("run.json"), "-f", "markdown", "--title", "Another"]);
    expect(other.stdout).toContain("Report: Another");
    expect(other.stdout).toContain("Date: `2026-11-29`");
  });

  it("are not there unless somebody gives them: no report asks the clock", async () => {
    const report = await check([BROKEN]);
    expect([report.title, report.date]).toEqual([undefined, undefined]);
    expect(rendered(report, "html")).not.toContain(`${new Date().getFullYear()}-`);
  });

  it.each(["2026-11-29", "2026-02-28", "2028-02-29", "2026-11-29T14:30Z", "2026-11-29T14:30:00.25+01:00"])(
    "takes the date %s",
    async (date) => {
      const { stdout } = await mplpCheck([BROKEN, "--date", date, "-f", "json"]);
      expect((JSON.parse(stdout) as Report).date).toBe(date);
    },
  );

  it.each([
    "2026-02-29",
    "2026-13-01",
    "29.11.2026",
    "today",
    "",
    "2026-11-29T14:30",
    "2026-11-29T25:00Z",
    "2026-11-29\n",
  ])("refuses the date %j", async (date) => {
    const { status, stderr } = await mplpCheck([BROKEN, "--date", date]);
    expect([status, stderr]).toEqual([2, expect.stringContaining("It must be a day, such as 2026-11-29")]);
  });

  it("refuses a title without words, and one that no page has room for", async () => {
    for (const title of ["", "  ", "x".repeat(201)]) {
      const { status, stderr } = await mplpCheck([BROKEN, "--title", title]);
      expect([status, stderr]).toEqual([
        2,
        expect.stringContaining("It must be a text of up to 200 characters."),
      ]);
    }
  });

  it("masks a secret in a title", async () => {
    const secret = "ghp_0123456789abcdefABCDEF0123456789abcd";
    const { stdout } = await mplpCheck([BROKEN, "--title", `run of ${secret}`, "-f", "html"]);
    expect(stdout).toContain("run of [secret, 40 characters]");
    expect(stdout).not.toContain(secret);
  });

  it("comes from a configuration and from the environment", async () => {
    writeFileSync(at("mplp-check.yaml"), "title: Acme every night\n");
    const { stdout } = await mplpCheck([join(process.cwd(), BROKEN), "-f", "json"], {
      cwd: folder,
      env: { MPLP_CHECK_DATE: "2026-11-30" },
    });
    const { title, date } = JSON.parse(stdout) as Report;
    expect([title, date]).toEqual(["Acme every night", "2026-11-30"]);
  });
});

describe("the runtime that a mapping names", () => {
  const runtimesOf = async (text: string, options = {}): Promise<Report["runtimes"]> => {
    writeFileSync(at("mapping.yaml"), text);
    return (await check([at("mapping.yaml")], options)).runtimes;
  };
  const place = { path: at("mapping.yaml"), line: 3 };

  it("is in the report, with its place, and in the page", async () => {
    const report = await check([AUDIT]);
    expect(report.runtimes).toEqual([
      { name: "acme-runtime", version: "2.3.1", vendor: "Acme", path: `${AUDIT}/mapping.yaml`, line: 3 },
    ]);
    expect(rendered(report, "html")).toContain("<div>acme-runtime 2.3.1, Acme</div>");
    expect(rendered(report, "markdown")).toContain("Runtime, as its mapping says: ");
  });

  it.each([
    ["{name: acme}", [{ name: "acme", ...place }]],
    ["{name: acme, version: '0', vendor: TODO}", [{ name: "acme", version: "0", ...place }]],
    ["{name: TODO, version: n/a}", undefined],
    ["{name: my-runtime, version: 0.0.0, vendor: me}", undefined],
    ["{}", undefined],
  ])("of %s", async (runtime, expected) => {
    expect(await runtimesOf(mapping(runtime))).toEqual(expected);
  });

  it("is masked like other words of the vendor", async () => {
    expect(await runtimesOf(mapping("{name: acme, vendor: Acme}"), { redact: true })).toEqual([
      { name: "[4 characters]", vendor: "[4 characters]", ...place },
    ]);
    const secret = "ghp_0123456789abcdefABCDEF0123456789abcd";
    expect(JSON.stringify(await runtimesOf(mapping(`{name: ${secret}}`)))).not.toContain(secret);
  });

  it("is the same when states are merged", async () => {
    const state = at("audit.state");
    const onState = async (lines: Iterable<string>): Promise<void> =>
      writeFileSync(state, [...lines].join(""));
    const whole = await check([AUDIT], { onState });
    const merged = await check([], { stateIn: [state] });
    expect(merged.runtimes).toEqual(whole.runtimes);
  });
});
