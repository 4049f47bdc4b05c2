import { readFileSync } from "node:fs";
import type { Occurrence } from "../../src/index.js";
import type { Listener } from "./listener.js";
import { CLEAN } from "./workspace.js";

/** A clean event, and an integration event that is posted without an envelope. */
export const EVENT = readFileSync(CLEAN, "utf8").split("\n")[0] ?? "";
export const GIT = {
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

/** Posts to a server, and reads its answer. */
export const posted = async (server: Listener, ...given: Parameters<Listener["post"]>) => {
  const answer = await server.post(...given);
  return { status: answer.status, headers: answer.headers, reply: (await answer.json()) as Reply };
};

/** The lines of a server's capture. */
export const captured = ({ capture }: Listener): string[] =>
  readFileSync(capture, "utf8").split("\n").filter(Boolean);
