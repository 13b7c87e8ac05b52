import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const EXAMPLES = join(import.meta.dirname, "..", "examples");
const README = join(import.meta.dirname, "..", "README.md");

const examples = readdirSync(EXAMPLES).filter((file) => file.endsWith(".ts"));

/** The examples as app/README.md has to quote them; `UPDATE_DOCS=1 npm test` writes them there. */
function quoted(readme: string): string {
  return examples.reduce((text, file) => {
    const begin = `<!-- example: ${file} -->\n`;
    const end = `<!-- /example: ${file} -->`;
    const [before, rest] = text.split(begin);
    const after = rest?.split(end)[1];
    if (before === undefined || after === undefined) throw new Error(`app/README.md does not quote examples/${file}`);
    const code = readFileSync(join(EXAMPLES, file), "utf8");
    return `${before}${begin}\`\`\`ts\n${code}\`\`\`\n${end}${after}`;
  }, readme);
}

test("app/README.md quotes the six examples", () => {
  expect(examples).toHaveLength(6);
  if (process.env.UPDATE_DOCS !== undefined) writeFileSync(README, quoted(readFileSync(README, "utf8")));
  const readme = readFileSync(README, "utf8");
  expect(readme).toBe(quoted(readme));
});
