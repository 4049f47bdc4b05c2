import { createHash } from "node:crypto";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Report } from "../src/index.js";
import { mplpCheck } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";
import { some } from "./support/long.js";
import { ABOUT, statementIn, statementsPerTest, UNTIL } from "./support/statements.js";

const { at, run, read, write, state, checked, stated } = statementsPerTest();

/** Writes the report in another way than mplp-check would. */
function forge(report: Report, changes: object): void {
  write("run.json", JSON.stringify({ ...report, ...changes }));
}

describe("a statement of conformance", () => {
  it("says what the report says, for a product and until a day", async () => {
    const report = await checked("audit", "--claim", "runtime");
    const statement = await stated("--date", "2027-01-01");
    expect(statement).toMatchObject({
      product: "Acme Runtime",
      version: "2.3.1",
      contact: "mplp@acme.example",
      date: "2027-01-01",
      "valid-until": "2027-06-30",
      claims: ["runtime"],
      verdict: "conformant",
      protocol: { version: "1.0.0", digest: report.protocol.digest },
      counts: { events: report.summary.events, evidence: report.summary.evidence, "files-not-read": 4 },
      report: { sha256: createHash("sha256").update(read("run.json")).digest("hex") },
      waivers: [],
    });
    expect(statement.inputs).toEqual(
      report.inputs.map(({ path, kind, bytes, sha256 }) => ({ path, kind, bytes, sha256 })),
    );
  });

  it("names every clause that the evidence does not demonstrate, and counts all", async () => {
    const { clauses } = await checked("audit", "--claim", "runtime,integration");
    const statement = await stated();
    const open = clauses.filter(({ status }) => status !== "satisfied" && status !== "not-applicable");
    expect(open.some(({ status }) => status === "attested")).toBe(true);
    expect(statement["not-demonstrated"].map((row) => [row.clause, row.status, row.attested])).toEqual(
      open.map(({ id, status, attestation }) => [id, status, attestation?.statement]),
    );
    const counted = Object.values(statement.counts.clauses)
      .flatMap((statuses) => Object.values(statuses))
      .reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(clauses.length);
  });

  it("does not rest on a baseline, which nobody has decided on", async () => {
    cpSync(join(ROOT, "fixtures/inputs/one-flaw.ndjson"), at("audit/flaw.ndjson"));
    await run("audit", "--claim", "runtime", "--write-baseline", "base.json");
    const report = await checked("audit", "--claim", "runtime", "--baseline", "base.json");
    expect(report.verdict).toBe("conformant-with-waivers");
    expect(await state()).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("no statement: a baseline covers 1 finding at MUST level"),
    });
  });

  it("names waivers, and ends before they do", async () => {
    cpSync(join(ROOT, "fixtures/inputs/one-flaw.ndjson"), at("audit/flaw.ndjson"));
    const broken = await checked("audit", "--claim", "runtime");
    expect(broken.verdict).toBe("nonconformant");
    const waivers = [...new Set(broken.findings.map(({ rule }) => rule))].map(
      (rule) =>
        `  - {rule: ${rule}, reason: the old collector wrote it, owner: data team, expires: 2027-06-29}`,
    );
    write("mplp-check.yaml", `waivers:\n${waivers.join("\n")}\n`);
    expect((await checked("audit", "--claim", "runtime")).verdict).toBe("conformant-with-waivers");
    expect(await state()).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringMatching(
        /^mplp-check: no statement: a waiver ends on 2027-06-29, .*use --valid-until 2027-06-29/,
      ),
    });
    const statement = await stated("--valid-until", "2027-06-29");
    expect(statement.verdict).toBe("conformant-with-waivers");
    expect(statement.waivers[0]).toMatchObject({
      reason: "the old collector wrote it",
      owner: "data team",
      expires: "2027-06-29",
      source: "waiver",
    });
    expect(statement.reproduce).toContain(" --config mplp-check.yaml ");
  });

  it("takes hostile texts as texts", async () => {
    await checked("audit", "--claim", "runtime");
    const names = [
      "Acme: {a: b} # c",
      "!!js/function 'x'",
      "::error::a\n::error::b\n---\nproduct: other",
      "##[error]a \u202e\u2066b \u{e0041} \u0007\u2028c",
      "- &acme *acme",
      '"; touch pwned; "',
      "&<script>alert(1)</script>",
    ];
    for (const name of some("hostile texts", names)) {
      const { stdout } = await state("--product", name, "--contact", name);
      expect(statementIn(stdout)).toMatchObject({ product: name, contact: name, verdict: "conformant" });
      expect(stdout).not.toMatch(/^\s*::|##\[|[^\P{C}\n]|\p{Zl}/mu);
    }
  });

  it("shows no secret", async () => {
    await checked("audit", "--claim", "runtime");
    const { contact } = await stated("--contact", "https://user:Kr4ftwerk-9x@acme.example/");
    expect(contact).toMatch(/^https:\/\/.*\[secret, \d+ characters\].*acme\.example\/$/);
  });

  it("is the same for the same report, and goes where -o says", async () => {
    await checked("audit", "--claim", "runtime");
    const { stdout } = await state();
    expect(await state("-o", "out/statement.yaml")).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(read("out/statement.yaml")).toBe(stdout);
    expect((await state("-o", "out/statement.yaml", "--version", "2")).status).toBe(0);
    expect(statementIn(read("out/statement.yaml")).version).toBe("2");
    const report = read("run.json");
    expect(await state("-o", "run.json")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("run.json exists and is no statement"),
    });
    expect(read("run.json")).toBe(report);
    const piped = await mplpCheck(["statement", "-", ...ABOUT, ...UNTIL], { input: report, cwd: at() });
    expect(piped).toEqual({ status: 0, stdout, stderr: "" });
  });
});

describe("no statement", () => {
  const refusal = async (): Promise<string> => {
    const { status, stdout, stderr } = await state();
    expect([status, stdout]).toEqual([1, ""]);
    for (const line of stderr.trimEnd().split("\n"))
      expect(line).toMatch(/^mplp-check: no statement: .+; .+/);
    return stderr;
  };

  it("comes from a run that did not end as conformant", async () => {
    await checked("audit");
    expect(await refusal()).toMatch(/the verdict is no-violations-found: .*--claim runtime/);
    await checked(join(ROOT, "fixtures/quickstart/broken.ndjson"), "--claim", "runtime");
    expect(await refusal()).toMatch(/the verdict is nonconformant: [^.]+ places in 14 events; mend/);
    await checked(join(ROOT, "fixtures/quickstart/events.ndjson"), "--claim", "runtime");
    expect(await refusal()).toMatch(/the verdict is inconclusive: .*supply/);
    write("empty.ndjson", "");
    await checked("empty.ndjson", "--allow-empty", "--claim", "runtime");
    expect(await refusal()).toMatch(/the verdict is inconclusive: nothing was checked/);
  });

  it("comes from a run that left something unread, or went by stale decisions", async () => {
    await checked("audit", "nowhere.ndjson", "--claim", "runtime");
    expect(await refusal()).toMatch(/not checked: nowhere\.ndjson: /);
    write(
      "mplp-check.yaml",
      "waivers:\n  - {rule: event-id-v4, reason: an old one, owner: data team, expires: 2099-01-01}\n",
    );
    const report = await checked("audit", "--claim", "runtime");
    expect([report.verdict, report.errors[0]?.about]).toEqual(["conformant", "waiver"]);
    expect(await refusal()).toMatch(/waiver: mplp-check\.yaml:2: .*; renew or remove it/);
  });

  it("comes from a report whose verdict leaves out what was found", async () => {
    const good = await checked("audit", "--claim", "runtime");
    const violated = good.clauses.map((clause, index) =>
      index === 3 ? { ...clause, status: "violated", violations: 1 } : clause,
    );
    const { findings, rules } = await checked(join(ROOT, "fixtures/quickstart/broken.ndjson"));
    for (const changes of [{ clauses: violated }, { findings: findings.slice(0, 1), rules }]) {
      forge(good, changes);
      const { stdout, stderr, status } = await state();
      expect(stderr).toContain("the report contradicts itself: its verdict, conformant, leaves out");
      expect([stdout, status]).toEqual(["", 2]);
    }
  });

  it("comes from a report that contradicts its verdict", async () => {
    const good = await checked("audit", "--claim", "runtime");
    const [input, ...others] = good.inputs;
    const forgeries: readonly (readonly [object, RegExp])[] = [
      [{ claims: [] }, /contradicts its verdict/],
      [{ summary: { ...good.summary, evidence: 0, events: 0 } }, /contradicts its verdict/],
      [{ interrupted: true }, /the run was interrupted/],
      [{ inputs: [{ ...input, change: "grown" }, ...others] }, /changed while it was read/],
      [{ inputs: [{ ...input, unjudged: 2 }, ...others] }, /2 records look like events/],
      [{ notRead: [{ path: "a.tar", reason: "archive", mayHoldEvidence: true }] }, /a\.tar was not read/],
      [{ protocol: { ...good.protocol, source: "given" } }, /neither the bundled nor the official/],
      [{ onlyParts: { first: 1, last: 2, of: 3 } }, /only parts 1/],
      [{ reservations: ["something is open"] }, /something is open/],
      [{ tool: { ...good.tool, version: "npm:other@1.0.0" } }, /contradicts itself/],
      [{ clauses: good.clauses.filter(({ level }) => level === "MAY") }, /contradicts itself/],
      [{ clauses: [...good.clauses, ...good.clauses] }, /contradicts itself/],
      [{ clauses: good.clauses.map((each) => ({ ...each, level: "SHOULD" })) }, /contradicts itself/],
      [
        { clauses: good.clauses.map((each) => ({ ...each, status: "not-applicable" })) },
        /contradicts itself/,
      ],
      [{ clauses: good.clauses.map((each) => ({ ...each, checked: 0 })) }, /contradicts itself/],
      [{ clauses: good.clauses.map((each) => ({ ...each, violations: 3 })) }, /contradicts itself/],
      [{ inputs: [] }, /contradicts itself/],
      [{ inputs: good.inputs.map((each) => ({ ...each, bytes: 0 })) }, /contradicts itself/],
      [{ summary: { ...good.summary, events: 9000 } }, /contradicts itself/],
      [{ summary: { ...good.summary, waived: 7 } }, /contradicts itself/],
      [
        { summary: { ...good.summary, byLevel: { ...good.summary.byLevel, SHOULD: 1 } } },
        /contradicts itself/,
      ],
      [
        {
          summary: {
            ...good.summary,
            coverage: {
              ...good.summary.coverage,
              SHOULD: { ...good.summary.coverage.SHOULD, satisfied: 99 },
            },
          },
        },
        /contradicts itself/,
      ],
    ];
    for (const [changes, why] of forgeries) {
      forge(good, changes);
      expect(await refusal()).toMatch(why);
    }
    forge(good, {});
    expect((await state()).status).toBe(0);
  });

  it("names five reasons of a kind, and counts the others", async () => {
    const good = await checked("audit", "--claim", "runtime");
    const errors = Array.from({ length: 1000 }, (_, index) => ({
      path: `${index}.ndjson`,
      message: "no such file",
    }));
    forge(good, { errors });
    const lines = (await refusal()).trimEnd().split("\n");
    expect(lines).toHaveLength(6);
    expect(lines.at(-1)).toContain("995 more reasons of this kind");
  });
});

describe("a wrong command line ends with 2", () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ["no report", ["package.json"], "no report of mplp-check"],
    ["a file that is not there", ["nowhere.json"], "nowhere.json: "],
    ["a day that is none", ["run.json", "--valid-until", "2027-02-30"], "a day of the calendar"],
    ["a day in other words", ["run.json", "--valid-until", "tomorrow"], "a day of the calendar"],
    [
      "an end before the beginning",
      ["run.json", "--date", "2027-07-01"],
      "--valid-until 2027-06-30 is before --date",
    ],
    ["a placeholder", ["run.json", "--product", "TODO"], "It is blank or a placeholder"],
    ["an empty contact", ["run.json", "--contact", " "], "It is blank or a placeholder"],
  ];
  it.each(cases)("%s", async (_, [file = "", ...args], message) => {
    await checked("audit", "--claim", "runtime");
    write("package.json", "{}");
    const { status, stdout, stderr } = await run("statement", file, ...ABOUT, ...UNTIL, ...args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });

  it("and so does one that leaves something out", async () => {
    for (const option of ["--product", "--version", "--contact", "--valid-until"]) {
      const given = [...ABOUT, ...UNTIL];
      given.splice(given.indexOf(option), 2);
      const { status, stderr } = await run("statement", "run.json", ...given);
      expect([status, stderr]).toEqual([2, expect.stringContaining(`'${option} <`)]);
    }
  });
});
