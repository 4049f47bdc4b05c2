import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../../support/fixtures.js";
import { CLEAN } from "../../support/workspace.js";

const GUIDE = readFileSync(join(ROOT, "docs/live.md"), "utf8");
const blocksOf = (language: string): readonly string[] =>
  [...GUIDE.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(([, text = ""]) => text);

const folder = mkdtempSync(join(tmpdir(), "mplp-check-live-guide-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const E2E = `#!/bin/sh
curl -sf -H 'Content-Type: application/x-ndjson' --data-binary @events.ndjson "$MPLP_RUNTIME_URL/v1/events" > /dev/null
`;
const RUNTIME = `import { readFileSync } from "node:fs";
export async function run(emit: (event: object) => unknown): Promise<void> {
  for (const line of readFileSync(${JSON.stringify(CLEAN)}, "utf8").trimEnd().split("\\n")) emit(JSON.parse(line));
}
`;

beforeAll(() => {
  for (const name of ["bin", "node_modules"]) mkdirSync(join(folder, name));
  const command = `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, "bin/mplp-check.js")}" "$@"\n`;
  writeFileSync(join(folder, "bin/mplp-check"), command, { mode: 0o755 });
  symlinkSync(ROOT, join(folder, "node_modules/mplp-check"));
  symlinkSync(join(ROOT, "node_modules/vitest"), join(folder, "node_modules/vitest"));
  writeFileSync(join(folder, "events.ndjson"), readFileSync(CLEAN));
  writeFileSync(join(folder, "e2e.sh"), E2E, { mode: 0o755 });
  writeFileSync(join(folder, "runtime.ts"), RUNTIME);
});

/** Commands that end otherwise than their comment promises end all. */
function asserting(block: string): string {
  return block.replace(
    /^(.*?) *# exit (\d)$/gm,
    (_, command: string, code: string) =>
      `status=0; ${command.trimEnd()} || status=$?\n[ $status = ${code} ] || { echo "ended with $status" >&2; exit 99; }`,
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const environment = { ...process.env, PATH: `${join(folder, "bin")}:${process.env.PATH}` };

describe("docs/live.md", () => {
  it.each(blocksOf("sh"))("ends as it says: %s", async (block) => {
    const port = await freePort();
    const script = asserting(block)
      .replaceAll("8080", String(port))
      .replace("listen --ready-file", `listen --port ${port} --ready-file`);
    expect(script).toContain("exit 99");
    const { status, stderr } = spawnSync("bash", ["-e", "-c", script], {
      cwd: folder,
      env: environment,
      encoding: "utf8",
    });
    expect({ status, stderr }).toMatchObject({ status: 0 });
  });

  it.each(blocksOf("js"))("prints what its comments say: %s", (block) => {
    const printed = execFileSync(process.execPath, ["--input-type=module", "-e", block], {
      cwd: folder,
      encoding: "utf8",
    });
    const promised = [...block.matchAll(/^\/\/ (.*)$/gm)].map(([, text]) => text);
    expect(printed.trimEnd().split("\n")).toEqual(promised);
  });

  it("has a test for Vitest that passes, and fails where the runtime does not conform", () => {
    const [test = ""] = blocksOf("ts");
    writeFileSync(join(folder, "runtime.test.ts"), test);
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    const vitest = () =>
      spawnSync(process.execPath, [join(ROOT, "node_modules/vitest/vitest.mjs"), "run", "--root", folder], {
        cwd: folder,
        encoding: "utf8",
      });
    expect(vitest()).toMatchObject({ status: 0, stdout: expect.stringContaining("2 passed") });
    const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023", "--skipLibCheck"];
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    const types = ["--types", "node", "--typeRoots", join(ROOT, "node_modules/@types")];
    const checked = spawnSync(process.execPath, [tsc, ...options, ...types, "runtime.test.ts"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(checked.stdout).toBe("");
    writeFileSync(
      join(folder, "runtime.ts"),
      RUNTIME.replace("JSON.parse(line)", '{ ...JSON.parse(line), event_id: "x" }'),
    );
    const failed = vitest();
    expect(failed.status).toBe(1);
    expect(failed.stderr).toContain("PS-4.1-2");
  });
});
