import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import type { Report } from "../../src/index.js";

/** A folder that each test of a file gets anew. */
export class TestFolder {
  /** The path of the folder, while a test runs. */
  path = "";

  constructor(name: string) {
    beforeEach(() => {
      this.path = mkdtempSync(join(tmpdir(), `mplp-check-${name}-`));
    });
    afterEach(() => rmSync(this.path, { recursive: true, force: true }));
  }

  /** Writes a file, and the folders above it; returns its path. */
  put(name: string, content: string | Uint8Array): string {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }
}

/** The inputs of a report, as paths within a folder. */
export function inputsWithin(folder: string, { inputs }: Report): string[] {
  return inputs.map(({ path }) => within(folder, path));
}

/** The errors of a report, as "path: message" with paths within a folder. */
export function errorsWithin(folder: string, { errors }: Report): string[] {
  return errors.map(({ path, message }) => `${within(folder, path)}: ${message}`);
}

/** What was not read, as "path: reason" with paths within a folder; "!" at the end if it leaves a claim open. */
export function notReadWithin(folder: string, { notRead }: Report): string[] {
  return notRead.map(
    ({ path, reason, mayHoldEvidence }) => `${within(folder, path)}: ${reason}${mayHoldEvidence ? "!" : ""}`,
  );
}

function within(folder: string, path: string): string {
  return path.replace(`${folder}/`, "");
}
