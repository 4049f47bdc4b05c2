import { statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { listenerPerTest } from "../support/listener.js";
import { captured, EVENT, GIT, posted } from "../support/posts.js";

const listeners = listenerPerTest();
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
