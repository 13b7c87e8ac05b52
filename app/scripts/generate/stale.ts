import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate, GENERATED } from "./generate";

/** The files, relative to the generated folder, that are missing, superfluous or different there. */
export async function findStale(): Promise<string[]> {
  const fresh = mkdtempSync(join(tmpdir(), "generated-"));
  try {
    await generate(fresh);
    const files = new Set([...filesIn(fresh), ...filesIn(GENERATED)]);
    return [...files].sort().filter((file) => !sameFile(join(fresh, file), join(GENERATED, file)));
  } finally {
    rmSync(fresh, { recursive: true });
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function sameFile(a: string, b: string): boolean {
  return existsSync(a) && existsSync(b) && readFileSync(a).equals(readFileSync(b));
}
