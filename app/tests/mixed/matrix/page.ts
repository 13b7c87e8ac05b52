import { readFileSync } from "node:fs";
import { join } from "node:path";

const DOCS = join(import.meta.dirname, "..", "..", "..", "..", "docs");

/** The table that a page of `docs` has between `<!-- NAME: who makes it -->` and `<!-- /NAME -->`. */
export function tableOf(page: string, name: string): string {
  const text = readFileSync(join(DOCS, page), "utf8");
  const [, table] = new RegExp(`<!-- ${name}: .* -->\n([^]*)<!-- /${name} -->`).exec(text) ?? [];
  if (table === undefined) throw new Error(`docs/${page} has no table ${name}`);
  return table;
}
