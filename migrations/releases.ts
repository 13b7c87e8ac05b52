// The table of the committed releases, which every tool reads: a third release is a folder and a line more.

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The numbers of the releases in the folder `releases`, the oldest first. */
export function releaseNumbers(folder: string): readonly number[] {
  const rows = JSON.parse(readFileSync(join(folder, "releases.json"), "utf8")) as readonly { readonly release: number }[];
  return rows.map(({ release }) => release).sort((a, b) => a - b);
}

/** The path of a release's file in that folder: `v2/app.json`. */
export function releasePath(release: number, file: string): string {
  return `v${release}/${file}`;
}
