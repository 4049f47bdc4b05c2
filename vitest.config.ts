import { defineConfig } from "vitest/config";
import Sequencer from "./test/support/sequencer.js";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // What is built runs as it is.
    server: { deps: { external: [/\/dist\//] } },
    globalSetup: "test/support/global-setup.ts",
    // Loading the sources takes longer than most files; none of them leaves anything behind in a module.
    isolate: false,
    sequence: { sequencer: Sequencer },
    // Only what hangs is to fail: on a busy machine all else may take ten times as long.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Many tests wait, for processes of their own or for a time: a core left free would be idle.
    maxWorkers: "150%",
  },
});
