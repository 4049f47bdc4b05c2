import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Occurrence, Report } from "../../../src/index.js";
import { mplpProcess } from "../../support/cli.js";
import { CI_STEP, FILE_WATCHER, gitHook } from "../../support/emitters.js";
import { type Listener, listenerPerTest } from "../../support/listener.js";

const listeners = listenerPerTest();

interface Reply {
  readonly accepted: number;
  readonly findings: readonly (Occurrence & { readonly fix: string })[];
  readonly warnings: readonly string[];
}

/** The first JSON object in the output of a command, which curl has written there. */
function replyIn(output: string): Reply {
  return JSON.parse(output.slice(output.indexOf("{\n"), output.lastIndexOf("}\n") + 1)) as Reply;
}

/** A repository with the hook of IS 8.2, whose commits are told to a server. */
class Repository {
  readonly path: string;

  constructor(folder: string, { url }: Listener) {
    this.path = join(folder, "repository");
    mkdirSync(this.path);
    this.git("init", "-q", "-b", "main");
    this.git("remote", "add", "origin", "https://example.org/acme/runtime.git");
    this.author("Jane Doe");
    this.hook("post-commit", gitHook(url));
    this.hook("post-merge", gitHook(url).replace('"event_kind": "commit"', '"event_kind": "merge"'));
  }

  git(...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync("git", args, {
      cwd: this.path,
      env: { PATH: process.env.PATH ?? "", HOME: this.path, GIT_CONFIG_NOSYSTEM: "1", LC_ALL: "C.UTF-8" },
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(stderr);
    return stdout + stderr;
  }

  author(name: string): void {
    this.git("config", "user.name", name);
    this.git("config", "user.email", "jane@example.org");
  }

  hook(name: string, script: string): void {
    writeFileSync(join(this.path, ".git/hooks", name), script);
    chmodSync(join(this.path, ".git/hooks", name), 0o755);
  }

  commit(...options: readonly string[]): Reply {
    return replyIn(this.git("commit", "-q", "--allow-empty", "-m", "a change", ...options));
  }
}

async function repositoryWithServer(): Promise<{ server: Listener; repository: Repository }> {
  const server = await listeners.start();
  return { server, repository: new Repository(listeners.newFolder(), server) };
}

const said = ({ findings }: Reply): string[] =>
  findings.map(({ level, message, pointer }) => `${level} ${pointer}: ${message}`);
const lastOf = ({ capture }: Listener): Record<string, unknown> =>
  JSON.parse(readFileSync(capture, "utf8").trimEnd().split("\n").at(-1) ?? "") as Record<string, unknown>;

describe("the git hook of IS 8.2", () => {
  it("tells of commits, whoever makes them", async () => {
    const { server, repository } = await repositoryWithServer();
    for (const name of ["Jane Doe", "Zoë Ångström-日本 😀", "O'Brien", "Ada <Countess> & Co."]) {
      repository.author(name);
      const reply = repository.commit();
      expect(reply).toMatchObject({ accepted: 1, warnings: [] });
      expect(reply.findings.filter(({ level }) => level === "MUST")).toEqual([]);
      expect(lastOf(server)).toMatchObject({ event_kind: "commit", ref_name: "refs/heads/main" });
    }
    const report = JSON.parse(await server.stop()) as Report;
    expect(report.inputs[0]?.recognised).toMatchObject({ "integration-event": 4, malformed: 0 });
    expect(report.verdict).toBe("no-violations-found");
  });

  it("hears what to mend where a name breaks its JSON", async () => {
    const { server, repository } = await repositoryWithServer();
    repository.author('Jane "JD" Doe');
    const { findings } = repository.commit();
    expect(findings[0]).toMatchObject({
      level: "MUST",
      clauses: ["IN-1"],
      message: expect.stringContaining("a quote inside a string is not escaped"),
      hint: expect.stringContaining("build JSON with jq or a library"),
    });
    repository.author("back\\slash");
    expect(repository.commit().findings[0]?.message).toMatch(/not JSON/);
    await server.stop();
    expect((await server.ended).status).toBe(1);
  });

  it("hears what to mend without a remote, and with a detached head", async () => {
    const { repository } = await repositoryWithServer();
    repository.commit();
    repository.git("remote", "remove", "origin");
    expect(said(repository.commit()).join("\n")).toMatch(/\/repo_url: .*(?:empty|URI|missing)/);
    repository.git("checkout", "-q", "--detach");
    expect(said(repository.commit()).join("\n")).toMatch(/\/ref_name: .*empty/);
  });

  it("tells of merges and tags where it is told to", async () => {
    const { server, repository } = await repositoryWithServer();
    repository.commit();
    repository.git("checkout", "-q", "-b", "other");
    repository.commit();
    repository.git("checkout", "-q", "main");
    const merged = replyIn(repository.git("merge", "--no-ff", "--no-edit", "other"));
    expect(merged.findings.filter(({ level }) => level === "MUST")).toEqual([]);
    expect(lastOf(server)).toMatchObject({ event_kind: "merge" });
    repository.git("tag", "v1.0.0");
    const script = gitHook(server.url)
      .replace("git symbolic-ref HEAD", "echo refs/tags/v1.0.0")
      .replace('"event_kind": "commit"', '"event_kind": "tag"');
    const tagged = spawnSync("bash", ["-c", script], { cwd: repository.path, encoding: "utf8" });
    expect(replyIn(tagged.stdout).findings.filter(({ level }) => level === "MUST")).toEqual([]);
    expect(lastOf(server)).toMatchObject({ event_kind: "tag", ref_name: "refs/tags/v1.0.0" });
  });
});

describe("the step of IS 8.3", () => {
  const VALUES: Readonly<Record<string, string>> = {
    "github.workflow": "Build and test",
    "github.run_id": "9124500087",
    "job.status": "success",
    "github.ref_name": "feature/löschen",
    "github.sha": "0123456789abcdef0123456789abcdef01234567",
  };
  const step = (values: Readonly<Record<string, string>> = {}): string =>
    CI_STEP.replace(/\$\{\{ ([\w.]+) \}\}/g, (_, name: string) => values[name] ?? VALUES[name] ?? "");

  it("finds the server in MPLP_RUNTIME_URL, and hears that its words are others", async () => {
    const folder = listeners.newFolder();
    const { status, stdout } = await mplpProcess(
      ["listen", "-f", "json", "-o", "r.json", "--", "sh", "-c", step()],
      {
        cwd: folder,
        env: { MPLP_RUNTIME_URL: "http://localhost:1" },
      },
    );
    expect(status).toBe(1);
    expect(replyIn(stdout).findings).toContainEqual(
      expect.objectContaining({
        pointer: "/status",
        message: "ci_event status is not one of pending, running, succeeded, failed, cancelled",
        hint: expect.stringContaining('GitHub Actions says "success", MPLP says "succeeded"'),
      }),
    );
    const report = JSON.parse(readFileSync(join(folder, "r.json"), "utf8")) as Report;
    expect(report.inputs[0]).toMatchObject({ path: "mplp-capture.ndjson", records: 1 });
  });

  it("conforms with the words of MPLP", async () => {
    const script = step({ "job.status": "succeeded" });
    const { status, stdout } = await mplpProcess(["listen", "--", "sh", "-c", script], {
      cwd: listeners.newFolder(),
    });
    expect({ status, findings: replyIn(stdout).findings.filter(({ level }) => level === "MUST") }).toEqual({
      status: 0,
      findings: [],
    });
  });
});

describe("the file watcher of IS 8.1", () => {
  it("hears what its envelope lacks", async () => {
    const server = await listeners.start();
    const watched = listeners.newFolder();
    const watcher = spawn(
      process.execPath,
      ["--input-type=module", "-e", FILE_WATCHER, watched, server.url],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    let output = "";
    watcher.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    try {
      while (!output.includes("watching")) await sleep(20);
      writeFileSync(join(watched, "naïve file.ts"), "export {};\n");
      while (!/\}\n\n?$/.test(output)) await sleep(20);
    } finally {
      watcher.kill();
    }
    const [, text = ""] = output.split("watching\n");
    const first = text.slice(0, text.indexOf("\n}\n") + 3);
    const { findings, warnings } = JSON.parse(first) as Reply;
    expect(warnings).toEqual([]);
    const messages = findings.map(({ message, hint = "" }) => `${message} (${hint})`).join("\n");
    expect(messages).toMatch(/event_id/);
    expect(messages).toMatch(/external_integration/);
    expect(messages).toMatch(/timestamp/);
    expect(lastOf(server)).toMatchObject({ payload: { file_path: "naïve file.ts" } });
  });
});

it("curl hears the same whichever way it takes the body from a file", async () => {
  const server = await listeners.start();
  writeFileSync(
    join(server.folder, "event.json"),
    '{\n  "file_path": "a.ts",\n  "change_type": "created",\n  "timestamp": "2025-12-08T09:30:00Z"\n}\n',
  );
  const send = (...args: string[]): Reply =>
    replyIn(
      execFileSync("curl", ["-s", ...args, `${server.url}/integration/file`], {
        cwd: server.folder,
        encoding: "utf8",
      }),
    );
  const type = ["-H", "Content-Type: application/json"];
  const [a, b, c] = [
    ["-d", "@event.json"],
    ["--data-binary", "@event.json"],
    ["-T", "event.json", "-X", "POST"],
  ].map((args) => send(...type, ...args));
  expect(said(a!)).toEqual(said(b!));
  expect(said(a!)).toEqual(said(c!));
  expect(new Set(readFileSync(server.capture, "utf8").trimEnd().split("\n").slice(1)).size).toBe(1);
});
