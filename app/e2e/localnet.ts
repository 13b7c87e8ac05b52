import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

const WORKSPACE = join(import.meta.dirname, "..", "..");

/** Where the tests' own cluster listens, so that one a developer started stays untouched. */
const PORT = 18_899;

/** Whom the cluster funds. */
export type Funded = "authority" | "operator" | "payer" | "upgrade-authority";

/** The cluster of `tools/localnet`, with release 1 until it is upgraded. */
export interface Localnet {
  readonly url: string;
  /** The path of the key pair file of one of the cluster's funded accounts. */
  keyFile(name: Funded): string;
  /** Brings the program to the newest release. */
  upgrade(): Promise<void>;
  stop(): Promise<void>;
}

/** The program that is started: `LOCALNET` if it is set, or else what cargo makes, which may take a while. */
const [COMMAND = "", ...ARGUMENTS] =
  process.env.LOCALNET === undefined
    ? ["cargo", "run", "--quiet", "--locked", "--manifest-path", join("tools", "Cargo.toml"), "-p", "localnet", "--"]
    : [process.env.LOCALNET];

/** Starts a cluster. */
export async function startLocalnet(): Promise<Localnet> {
  const cluster = spawn(COMMAND, [...ARGUMENTS, "--port", String(PORT)], {
    cwd: WORKSPACE,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => {
    cluster.once("exit", () => {
      resolve();
    });
  });
  const lines = createInterface({ input: cluster.stdout })[Symbol.asyncIterator]();

  async function waitFor(start: string): Promise<void> {
    for (;;) {
      const line = await lines.next();
      if (line.done === true) throw new Error(`the local cluster ended before it printed "${start}"`);
      if (line.value.startsWith(start)) return;
    }
  }

  await waitFor("ready");
  return {
    url: `http://127.0.0.1:${PORT}`,
    keyFile: (name) => join(WORKSPACE, "target", "localnet", `${name}.json`),
    upgrade: async () => {
      cluster.stdin.write("upgrade\n");
      await waitFor("upgraded");
    },
    stop: async () => {
      cluster.stdin.end();
      await ended;
    },
  };
}
