// Writes src/clients/v2/generated from the IDLs in releases/v2. With --check it changes nothing and
// fails when what is there is not what it would write.

import { generate, GENERATED } from "./generate/generate";
import { findStale } from "./generate/stale";

if (process.argv.includes("--check")) {
  const stale = await findStale();
  for (const file of stale) console.error(`stale: ${file}`);
  if (stale.length > 0) {
    console.error("error: the generated clients are not those of releases/v2: run `npm run generate`");
    process.exitCode = 1;
  }
} else {
  await generate(GENERATED);
}
