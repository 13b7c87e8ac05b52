import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["e2e/**/*.test.ts"],
    // The first file may have to wait until cargo has built the local cluster.
    hookTimeout: 3_600_000,
    // An upgrade is hundreds of transactions.
    testTimeout: 300_000,
    fileParallelism: false,
  },
});
