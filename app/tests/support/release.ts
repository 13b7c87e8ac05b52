import { readFileSync } from "node:fs";
import { join } from "node:path";

const RELEASES = join(import.meta.dirname, "..", "..", "..", "releases");

/** A binary or text of `releases`, by its path there. */
export function release(path: string): Buffer {
  return readFileSync(join(RELEASES, path));
}
