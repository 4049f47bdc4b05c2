import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type CheckOptions, check, FORMATS, type Report } from "../src/index.js";

const root = mkdtempSync(join(tmpdir(), "mplp-check-attested-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const CLAIMED: CheckOptions = { claims: ["runtime"] };
const WORDS = "Every module asks one service for project state.\n";
const DIGEST = `sha256:${createHash("sha256").update(WORDS).digest("hex")}`;

let folders = 0;

/** A folder of its own, beside one that nobody names, with some files. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = join(root, String(folders++), "audit");
  for (const [name, text] of Object.entries({ "docs/psg.md": WORDS, "../outside.md": WORDS, ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const attesting = (evidence: string, statement = "one service owns the graph"): string =>
  `attestations:\n  - clause: RG-7.1-4\n    statement: ${JSON.stringify(statement)}\n    evidence: ${JSON.stringify(evidence)}\n`;

const clauseOf = (report: Report, clause = "RG-7.1-4") => report.clauses.find(({ id }) => id === clause);

async function outcomeOf(evidence: string, prepare: (folder: string) => void = () => {}) {
  const folder = folderOf({ "mapping.yaml": attesting(evidence) });
  prepare(folder);
  return clauseOf(await check([join(folder, "mapping.yaml")], CLAIMED));
}

describe("evidence", () => {
  it.each([
    ["a file below", "docs/psg.md"],
    ["a part of a file", "docs/psg.md#state"],
    ["a file by a detour", "./docs/../docs/psg.md"],
  ])("is %s, with its digest", async (_name, evidence) => {
    const clause = await outcomeOf(evidence);
    expect(clause?.status).toBe("attested");
    expect(clause?.attestation).toMatchObject({ evidence, evidenceDigest: DIGEST, line: 2 });
  });

  it("is a file that a link in the folder names", async () => {
    const clause = await outcomeOf("here.md", (folder) =>
      symlinkSync("docs/psg.md", join(folder, "here.md")),
    );
    expect(clause?.attestation?.evidenceDigest).toBe(DIGEST);
  });

  it("is an https address, of which nothing else is known", async () => {
    const clause = await outcomeOf("https://acme.example/psg#state");
    expect(clause?.status).toBe("attested");
    expect(clause?.attestation).not.toHaveProperty("evidenceDigest");
  });

  it("is looked up in the folder of the document, whatever the working folder", async () => {
    expect((await outcomeOf("package.json"))?.status).toBe("inconclusive");
  });

  it.each<[string, string, string, ((folder: string) => void)?]>([
    ["a file that is not there", "docs/none.md", "is not there"],
    ["free text", "see the wiki, page 3", "is not there"],
    ["a name with a NUL", "docs/psg.md\u0000", "is not there"],
    ["a folder", "docs", "is a folder"],
    ["a path that leads out", "../outside.md", "leads out"],
    ["an absolute path", "/etc/hostname", "leads out"],
    ["a path that leads out to nothing", "../../../none/none.md", "leads out"],
    ["a link that leads out", "out.md", "leads out", (f) => symlinkSync("../outside.md", join(f, "out.md"))],
    ["a link to a folder outside", "out/outside.md", "leads out", (f) => symlinkSync("..", join(f, "out"))],
    [
      "a pipe that nobody writes to",
      "pipe",
      "no regular file",
      (f) => execFileSync("mkfifo", [join(f, "pipe")]),
    ],
    ["a device", "zero", "leads out", (f) => symlinkSync("/dev/zero", join(f, "zero"))],
    ["an empty file", "empty.md", "is empty", (f) => writeFileSync(join(f, "empty.md"), "\n")],
    [
      "a long file of blanks",
      "blank.md",
      "is empty",
      (f) => writeFileSync(join(f, "blank.md"), `\ufeff${" \t\r\n\0\u00a0".repeat(20_000)}`),
    ],
    [
      "a file that says TODO",
      "todo.md",
      "is empty",
      (f) => writeFileSync(join(f, "todo.md"), "TODO: write it\n"),
    ],
    ["the document itself", "mapping.yaml", "the document of the attestation"],
    ["a part of the document itself", "#state", "the document of the attestation"],
    [
      "a file that is far too large",
      "large.bin",
      "larger than 1 GiB",
      (f) => {
        writeFileSync(join(f, "large.bin"), "x");
        truncateSync(join(f, "large.bin"), 2 ** 41);
      },
    ],
    ["an address without TLS", "http://acme.example/psg", "not an https address"],
    ["a mail address", "mailto:ada@acme.example", "not an https address"],
    ["a file as an address", "file:///etc/hostname", "not an https address"],
    ["an address without a host", "https://", "not a complete https address"],
    ["an address that is still to be written", "https://TODO/psg", "not a complete https address"],
    ["an address with words behind it", "https://acme.example/psg and more", "not a complete https address"],
    ["an address with a password", "https://ada:w0nderful@acme.example/psg", "user name or password"],
  ])("is not %s", async (_name, evidence, reason, prepare) => {
    const clause = await outcomeOf(evidence, prepare);
    expect(clause?.status).toBe("inconclusive");
    expect(clause?.reason).toContain(reason);
    expect(clause).not.toHaveProperty("attestation");
  });

  it("never shows the credentials of an address", async () => {
    const folder = folderOf({ "mapping.yaml": attesting("https://ada:w0nderful@acme.example/psg") });
    const report = await check([join(folder, "mapping.yaml")], CLAIMED);
    for (const format of ["text", "json", "html", "markdown", "sarif"] as const)
      expect([...FORMATS[format](report, { color: false })].join("")).not.toContain("w0nderful");
  });

  it("is not looked up for a mapping on a line of a log", async () => {
    const value = {
      mplp: "1.0.0",
      attestations: [{ clause: "RG-7.1-4", statement: "one", evidence: "docs/psg.md" }],
    };
    const folder = folderOf({ "log.ndjson": `${JSON.stringify(value)}\n${JSON.stringify({ a: 1 })}\n` });
    const clause = clauseOf(await check([join(folder, "log.ndjson")], CLAIMED));
    expect(clause?.reason).toContain("was not looked up");
  });
});

describe("attestations of one clause", () => {
  const both = (one: string, other: string): string =>
    attesting("docs/psg.md", one) + attesting("docs/psg.md", other).replace("attestations:\n", "");

  it("that say the same count once", async () => {
    const folder = folderOf({ "mapping.yaml": both("one  graph", "one graph") });
    const report = await check([join(folder, "mapping.yaml")], CLAIMED);
    expect(clauseOf(report)?.status).toBe("attested");
    expect(report.findings).toEqual([]);
  });

  it("that differ leave it open, in one document and in two, and both places are shown", async () => {
    const [one, other] = ["one graph", "two graphs"];
    const together = folderOf({ "mapping.yaml": both(one, other) });
    const apart = folderOf({
      "a.yaml": attesting("docs/psg.md", one),
      "b.yaml": attesting("docs/psg.md", other),
    });
    for (const folder of [together, apart]) {
      const report = await check([folder], CLAIMED);
      expect(clauseOf(report)?.status).toBe("inconclusive");
      expect(clauseOf(report)?.reason).toBe("attested twice, in ways that differ");
      const [note] = report.findings.filter(({ message }) => message.includes("differ"));
      expect([note?.level, note?.locations.length, note?.related.length]).toEqual(["NOTE", 1, 1]);
    }
  });

  it("do not weaken what evidence shows", async () => {
    const drift = {
      event_id: "0a7c6f4e-52a1-4f7e-9b1d-6f0e3c9a8b71",
      event_type: "drift_detected",
      event_family: "runtime_execution",
      timestamp: "2026-01-05T08:00:00Z",
      execution_id: "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9",
      executor_kind: "agent",
      status: "running",
    };
    const folder = folderOf({
      "log.ndjson": `${JSON.stringify(drift)}\n`,
      "mapping.yaml": attesting("nowhere.md").replace("RG-7.1-4", "RG-7.2-1"),
    });
    expect(clauseOf(await check([folder], CLAIMED), "RG-7.2-1")?.status).toBe("satisfied");
  });
});

describe("the condition of a clause", () => {
  it.each<[string, CheckOptions, string]>([
    ["nobody claims anything", {}, "not-applicable"],
    ["the runtime is claimed", { claims: ["runtime"] }, "not-applicable"],
    ["integration is claimed", { claims: ["integration"] }, "inconclusive"],
  ])("of IS-13.1-3 where %s", async (_name, options, status) => {
    const folder = folderOf({ "mapping.yaml": attesting("docs/psg.md") });
    const report = await check([join(folder, "mapping.yaml")], options);
    expect(clauseOf(report, "IS-13.1-3")?.status).toBe(status);
  });

  it("lets a MAY clause stand in the way of no claim", async () => {
    const folder = folderOf({ "mapping.yaml": attesting("docs/psg.md") });
    expect(clauseOf(await check([folder], CLAIMED), "IS-12-1")).toMatchObject({
      level: "MAY",
      status: "inconclusive",
    });
  });
});

describe("what was looked up", () => {
  it("is judged the same from a state, where the files are no longer there", async () => {
    const folder = folderOf({ "mapping.yaml": attesting("docs/psg.md") });
    const state = join(folder, "run.state");
    const onState = async (lines: Iterable<string>): Promise<void> =>
      writeFileSync(state, [...lines].join(""));
    const { clauses } = await check([join(folder, "mapping.yaml")], { ...CLAIMED, onState });
    rmSync(join(folder, "docs"), { recursive: true });
    const report = await check([], { ...CLAIMED, stateIn: [state] });
    expect(report.clauses).toEqual(clauses);
    expect(clauseOf(report)?.attestation?.evidenceDigest).toBe(DIGEST);
  });
});

describe("attestations beside a Markdown mapping", () => {
  const MODULES = [
    "Context",
    "Plan",
    "Confirm",
    "Trace",
    "Role",
    "Extension",
    "Dialog",
    "Collab",
    "Core",
    "Network",
  ];
  const rows = MODULES.map((name) => `| ${name} | READ-WRITE | \`psg.${name.toLowerCase()}_nodes\` |\n`).join(
    "",
  );
  const page = `# Modules\n\n| Module | Access | PSG areas |\n|---|---|---|\n${rows}`;

  it("may be a document of their own, in YAML or JSON", async () => {
    const json = { attestations: [{ clause: "RG-7.1-4", statement: "one graph", evidence: "docs/psg.md" }] };
    for (const own of [
      { "attested.yaml": attesting("docs/psg.md") },
      { "attested.json": JSON.stringify(json) },
    ]) {
      const report = await check([folderOf({ "modules.md": page, ...own })], CLAIMED);
      expect(clauseOf(report, "RG-7.1-1")?.status).toBe("satisfied");
      expect(clauseOf(report)?.status).toBe("attested");
      expect(report.inputs.map(({ kind }) => kind)).toEqual(["mapping", "mapping"]);
    }
  });

  it("may be a table of the page", async () => {
    const table =
      "\n| Clause | Statement | Evidence |\n|---|---|---|\n| RG-7.1-4 | one graph | [PSG](docs/psg.md#state) |\n";
    const report = await check([folderOf({ "modules.md": page + table })], CLAIMED);
    expect(clauseOf(report)?.attestation).toMatchObject({
      evidence: "docs/psg.md#state",
      evidenceDigest: DIGEST,
    });
  });
});
