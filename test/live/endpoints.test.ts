import { readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Occurrence } from "../../src/index.js";
import { type Listener, listenerPerTest } from "../support/listener.js";
import { CLEAN } from "../support/workspace.js";

const listeners = listenerPerTest();
const EVENT = readFileSync(CLEAN, "utf8").split("\n")[0] ?? "";
const GIT = {
  repo_url: "https://example.org/a.git",
  commit_id: "0123456789abcdef0123456789abcdef01234567",
  ref_name: "refs/heads/main",
  event_kind: "commit",
  author_name: "Jane",
  timestamp: "2025-12-08T09:30:00.000Z",
};

interface Reply {
  readonly accepted: number;
  readonly capture: { readonly from: number; readonly to: number };
  readonly findings: readonly (Occurrence & { readonly fix: string })[];
  readonly warnings: readonly string[];
  readonly detail: string;
}

const posted = async (server: Listener, ...given: Parameters<Listener["post"]>) => {
  const answer = await server.post(...given);
  return { status: answer.status, headers: answer.headers, reply: (await answer.json()) as Reply };
};
const captured = ({ capture }: Listener): string[] =>
  readFileSync(capture, "utf8").split("\n").filter(Boolean);

describe("a post", () => {
  it("is answered with what is wrong, and stored whatever it holds", async () => {
    const server = await listeners.start();
    const good = await posted(server, "/v1/events", EVENT);
    expect(good).toMatchObject({ status: 202, reply: { accepted: 1, findings: [], warnings: [] } });
    const bad = await posted(server, "/integration/git", JSON.stringify({ ...GIT, event_kind: "comit" }));
    expect(bad.status).toBe(202);
    expect(bad.headers.get("mplp-findings")).toMatch(/^must=[1-9]\d*, should=\d+, may=\d+, note=\d+$/);
    expect(bad.reply.findings[0]).toMatchObject({
      level: "MUST",
      clauses: expect.arrayContaining(["IS-4.3-1"]),
      line: 2,
    });
    expect(bad.reply.findings[0]?.fix).toMatch(/\w/);
    expect(captured(server)).toHaveLength(2);
    expect(statSync(server.capture).mode & 0o777).toBe(0o600);
  });
});
