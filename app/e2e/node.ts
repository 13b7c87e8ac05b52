import { execFile } from "node:child_process";

export interface Ended {
  readonly code: number;
  /** What it printed, errors last. */
  readonly out: string;
}

/** Runs Node on TypeScript, with these variables and nothing else but the path. */
export function runNode(args: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      ["--import", "tsx", ...args],
      { cwd, env: { PATH: process.env.PATH, ...env } },
      (_error, stdout, stderr) => {
        done({ code: child.exitCode ?? -1, out: stdout + stderr });
      },
    );
  });
}
