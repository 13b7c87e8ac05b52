// Writes src/clients/*/generated from the IDLs in releases. With --check it changes nothing and fails when
// what is there is not what it would write.

import { join } from "node:path";
import { generate } from "./generate/generate";
import { findStale } from "./generate/stale";

const RELEASES = join(import.meta.dirname, "..", "..", "releases");
const CLIENTS = join(import.meta.dirname, "..", "src", "clients");

if (process.argv.includes("--check")) {
  const stale = await findStale(RELEASES, CLIENTS);
  for (const file of stale) console.error(`stale: ${file}`);
  if (stale.length > 0) {
    console.error("error: the generated clients are not those of the IDLs in releases: run `npm run generate`");
    process.exitCode = 1;
  }
} else {
  await generate(RELEASES, CLIENTS);
}
