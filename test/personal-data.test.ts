import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holdsEmailAddress, isBot, isPersonName, mayHoldEmailAddress } from "../src/privacy/personal-data.js";
import { recordIn } from "./support/scanned.js";

describe("holdsEmailAddress", () => {
  it.each([
    "alice@example.com",
    "Alice <alice@example.com>",
    "Signed-off-by: Alice Doe <a.doe+git@sub.example.co.uk>",
    "mail alice@example.com.",
    "mail alice@example.com: she knows",
    "'alice@example.com'",
    '{"email":"alice@example.com"}',
    "mailto:alice@example.com",
    "Author:alice@example.com",
    "a,alice@example.com,b",
    "https://host/?email=alice@example.com",
    "see https://host and alice@example.com",
    "--author=alice@example.com",
    "(alice_b-c.d@example-host.org)",
    "x@y.io",
    "alice@163.com",
    "müller@bücher.example",
    "李雷@例子.公司",
    "alice@xn--bcher-kva.example",
    "1234567+alice@example.com",
    "abbot@example.com",
    "robot.smith@example.com",
    "git@github.com:org/repo.git by alice@example.com",
    "noreply@example.com, alice@example.com",
    "@scope/name@1.2.3 by alice@example.com",
  ])("is true of %j", (text) => {
    expect(holdsEmailAddress(text)).toBe(true);
  });

  it.each([
    "",
    "@",
    "@@@",
    "alice",
    "@alice",
    "a @ b.com",
    "alice@",
    "noreply@github.com",
    "no-reply@example.com",
    "do-not-reply@example.com",
    "notifications-noreply@example.com",
    "alice@users.noreply.github.com",
    "12345+alice@users.noreply.github.com",
    "49699333+dependabot[bot]@users.noreply.github.com",
    "dependabot[bot]@example.com",
    "renovate-bot@example.com",
    "ci.bot@example.com",
    "action@github.com",
    "postmaster@example.com",
    "support@example.com",
    "git@github.com:org/repo.git",
    "git@example.com",
    "ssh://git@github.com/org/repo.git",
    "ssh://alice@host.example.com/repo.git",
    "git+ssh://alice@host.example.com:22/repo.git",
    "alice@host.example.com:/var/www",
    "alice@host.example.com:repo.git",
    "alice@host.example.com:22",
    "https://user:pass@host.com",
    "https://user:p!ss@host.com/path",
    "https://token@host.com/org/repo.git",
    "postgres://app:secret@db.example.com:5432/app",
    "pkg@1.2.3",
    "pkg@1.2.3-beta.rc",
    "pkg@v1.2.3",
    "pkg@latest",
    "pkg@^1.2.3",
    "pkg@npm:other@1.2.3",
    "typescript@6.0.x",
    "@scope/name",
    "@scope/name@1.2.3",
    "actions/checkout@v4",
    "actions/checkout@feature.branch",
    "https://medium.com/@alice/story",
    "https://www.npmjs.com/package/@scope/name",
    "image@sha256:abcdef",
    "logo@2x.png",
    "logo@dark.png",
    "alice@localhost",
    "alice@macbook.local",
    "alice@build.internal",
    "user@host",
    "$USER@example.com",
    `\${user}@example.com`,
    "%s@example.com",
    "{user}@example.com",
    "<user>@example.com",
    "alice@example",
    "alice@.com",
    "alice@example..com",
    "alice@example.c",
    "alice@-example-.com@x",
    "alice@10.0.0.1",
    `${"a".repeat(65)}@example.com`,
    "java.lang.Object@1b6d3586",
  ])("is false of %j", (text) => {
    expect(holdsEmailAddress(text)).toBe(false);
  });
});

describe("mayHoldEmailAddress", () => {
  it("is true wherever a value of the event holds one", () => {
    const texts = fc
      .array(fc.constantFrom("alice", "@", "example.com", " ", "\n", '"', "é", "x@y.io", "git@"), {
        maxLength: 8,
      })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(texts, fc.boolean(), (text, isEscaped) => {
        const json = JSON.stringify({ text });
        const written = isEscaped ? json.replaceAll("@", "\\u0040") : json;
        expect(mayHoldEmailAddress(written) || !holdsEmailAddress(text)).toBe(true);
        expect(mayHoldEmailAddress(written, recordIn(written).signs)).toBe(mayHoldEmailAddress(written));
      }),
    );
  });

  it("is false of ordinary events", () => {
    expect(mayHoldEmailAddress('{"event_id":"a","summary":"the runtime read a request"}')).toBe(false);
  });
});

describe("isBot and isPersonName", () => {
  it.each([
    "dependabot[bot]",
    "github-actions[bot]",
    "renovate-bot",
    "Renovate Bot",
    "renovate",
    "GitHub",
    "GitHub Actions",
    "GitLab CI",
    "semantic-release",
    "copilot-swe-agent",
    "Claude Code",
    "claude",
    "Travis CI",
    " ci.bot ",
  ])("know the bot %j", (name) => {
    expect(isBot(name)).toBe(true);
    expect(isPersonName(name)).toBe(false);
  });

  it.each([
    "",
    " ",
    "42",
    "unknown",
    "Unknown",
    "anonymous",
    "root",
    "CI",
    "system",
    "coder-agent",
    "Build Agent",
    "noreply",
    "[redacted]",
    "<author>",
    `\${author}`,
    "***",
  ])("know that %j is no one", (name) => {
    expect(isPersonName(name)).toBe(false);
  });

  it.each([
    "Alice",
    "Alice Doe",
    "alice",
    "Abbot",
    "Ann Abbott",
    "José Ñandú",
    "李雷",
    "Claudette",
    "Claude Monet",
    "Travis Smith",
    "Devin O'Neil",
    "Copil",
    "Ciaran",
    "J. R. Roberts",
    "User Friendly",
  ])("know that %j is a person", (name) => {
    expect(isBot(name)).toBe(false);
    expect(isPersonName(name)).toBe(true);
  });
});
