import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    globalSetup: "test/temporary-folder.ts",
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.engine.test.ts", "test/**/*.proof.test.ts"],
          // Against what hangs, not against what is slow: the first to load a part of the program waits for its compilation.
          testTimeout: 30_000,
          // Nothing below src, cli and engine has state of its own, so that files can share a worker.
          isolate: false,
          // Most of the time is spent waiting for child processes.
          maxWorkers: 3,
        },
      },
      {
        test: {
          name: "engine",
          include: ["test/**/*.engine.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "proof",
          include: ["test/**/*.proof.test.ts"],
          testTimeout: 1_800_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
