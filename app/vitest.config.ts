import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // Each file deploys programs of its own, and a machine may be busy with builds.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
