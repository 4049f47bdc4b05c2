import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** A folder, and in it another one that is a file system of its own, of so many KiB. */
export function smallDisk(size: number) {
  const folder = mkdtempSync(join(tmpdir(), "mplp-check-space-"));
  const small = join(folder, "small");
  mkdirSync(small);
  const options = ["-t", "tmpfs", "-o", `size=${size}k`, "tmpfs", small];
  /** Not everybody may mount a file system. */
  const canMount = spawnSync("mount", options, { stdio: "ignore" }).status === 0;
  afterAll(() => {
    if (canMount) spawnSync("umount", [small]);
    rmSync(folder, { recursive: true, force: true });
  });
  return { folder, small, canMount };
}
