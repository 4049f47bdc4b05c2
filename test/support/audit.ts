import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type CheckOptions, check, type Report } from "../../src/index.js";
import { ROOT } from "./fixtures.js";

const CONFORMING = join(ROOT, "fixtures/audit/conforming");

/** A parsed JSON object that a test may change. */
// biome-ignore lint/suspicious/noExplicitAny: mutations put anything anywhere
export type Json = Record<string, any>;

/** The conforming audit, in parts that a test changes before it is written down and checked. */
export class Audit {
  events: Json[] = linesOf("events.ndjson");
  samples: Json[] = linesOf("samples.ndjson");
  mapping = textOf("mapping.yaml");
  before: Json = JSON.parse(textOf("snapshot-before.json")) as Json;
  after: Json = JSON.parse(textOf("snapshot-after.json")) as Json;
  /** The bytes of the log in place of `events`, one a line. */
  log: string | Buffer | undefined;
  /** Files that come in addition or in place of others, by path from the folder. */
  readonly files = new Map<string, string | Buffer>();
  /** Files that are called otherwise in the end, by their usual path. */
  readonly renamed = new Map<string, string>();
  readonly removed = new Set<string>();

  /** The events of one family. */
  of(family: string): Json[] {
    return this.events.filter(({ event_family }) => event_family === family);
  }

  /** The first event that has all of some members. */
  first(members: Json): Json {
    const found = this.events.find((event) =>
      Object.entries(members).every(([name, value]) => event[name] === value),
    );
    if (found === undefined) throw new Error(`no event has ${JSON.stringify(members)}`);
    return found;
  }

  /** The first integration event of a kind. */
  integration(kind: string): Json {
    return this.first({ event_type: kind });
  }

  keep(isKept: (event: Json) => boolean): void {
    const kept = this.events.filter(isKept);
    if (kept.length === this.events.length) throw new Error("nothing was dropped");
    this.events = kept;
  }

  /** Replaces a text of the mapping, which must be there. */
  map(from: string | RegExp, to: string): void {
    const changed = this.mapping.replace(from, to);
    if (changed === this.mapping) throw new Error(`the mapping does not say ${String(from)}`);
    this.mapping = changed;
  }

  writeTo(folder: string): void {
    cpSync(CONFORMING, folder, { recursive: true });
    const write = (path: string, text: string | Buffer): void => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    write("events.ndjson", this.log ?? textOfLines(this.events));
    write("samples.ndjson", textOfLines(this.samples));
    write("mapping.yaml", this.mapping);
    write("snapshot-before.json", JSON.stringify(this.before));
    write("snapshot-after.json", JSON.stringify(this.after));
    for (const [path, text] of this.files) write(path, text);
    for (const [from, to] of this.renamed) {
      mkdirSync(dirname(join(folder, to)), { recursive: true });
      renameSync(join(folder, from), join(folder, to));
    }
    for (const path of this.removed) rmSync(join(folder, path), { recursive: true });
  }
}

export function textOfLines(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}

function textOf(name: string): string {
  return readFileSync(join(CONFORMING, name), "utf8");
}

function linesOf(name: string): Json[] {
  return textOf(name)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Json);
}

/** Checks an audit in a folder of its own, with all claims and as a complete log. */
export async function checkAudit(audit: Audit, options: CheckOptions = {}): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "mplp-check-mutation-"));
  try {
    audit.writeTo(folder);
    return await check([folder], { claims: ["runtime", "integration"], complete: true, ...options });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
