import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import Sequencer from "./test/support/sequencer.js";

const folder = (name: string): string => fileURLToPath(new URL(`${name}/`, import.meta.url));

export default defineConfig({
  plugins: [
    {
      // Tests run the sources as they were built: what is shipped, and faster than what vitest would make of them.
      name: "built sources",
      enforce: "pre",
      resolveId(id, importer) {
        if (!id.startsWith(".") || importer === undefined) return undefined;
        const path = resolve(dirname(importer), id);
        return path.startsWith(folder("src")) ? path.replace(folder("src"), folder("dist")) : undefined;
      },
    },
  ],
  test: {
    include: ["test/**/*.test.ts"],
    server: { deps: { external: [/\/dist\//] } },
    globalSetup: "test/support/global-setup.ts",
    // Loading what is built takes longer than most files; none of them leaves anything behind in a module.
    isolate: false,
    sequence: { sequencer: Sequencer },
    // Only what hangs is to fail: on a busy machine all else may take ten times as long.
    testTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    hookTimeout: 60_000,
    maxWorkers: "100%",
  },
});
