import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { matrix } from "./matrix";

const BEGIN = "<!-- matrix: made by `UPDATE_DOCS=1 cargo test -p integration --test matrix` -->\n";
const END = "<!-- /matrix -->";

test("every cell of the table in README.md is what happens to TypeScript clients too", async () => {
  const readme = readFileSync(join(import.meta.dirname, "..", "..", "..", "..", "README.md"), "utf8");
  const table = readme.slice(readme.indexOf(BEGIN) + BEGIN.length, readme.indexOf(END));
  expect(await matrix()).toBe(table);
});
