import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Members } from "../fuzz/judge/json.js";
import { ROOT } from "../support/fixtures.js";

/** Events without fault, of every family that has members of its own and of every kind of integration event. */
export const SOUND: readonly Members[] = ["quickstart/events.ndjson", "audit/conforming/events.ndjson"]
  .flatMap((name) =>
    readFileSync(join(ROOT, "fixtures", name), "utf8")
      .trim()
      .split("\n"),
  )
  .map((line) => JSON.parse(line) as Members);
