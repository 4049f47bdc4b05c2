import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/support/global-setup.ts",
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Many tests wait for processes of their own: a core left free would be idle.
    maxWorkers: "100%",
  },
});
