import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "./generate";

/** The generated files, relative to the folder of all clients, that are missing, superfluous or different there. */
export async function findStale(releases: string, clients: string): Promise<string[]> {
  const fresh = mkdtempSync(join(tmpdir(), "generated-"));
  try {
    await generate(releases, fresh);
    const files = new Set([...generatedFiles(fresh), ...generatedFiles(clients)]);
    return [...files].sort().filter((file) => !sameFile(join(fresh, file), join(clients, file)));
  } finally {
    rmSync(fresh, { recursive: true });
  }
}

/** Every file below a client's folder `generated`. */
export function generatedFiles(clients: string): string[] {
  return readdirSync(clients)
    .map((client) => join(client, "generated"))
    .filter((folder) => existsSync(join(clients, folder)))
    .flatMap((folder) =>
      readdirSync(join(clients, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(clients.length + 1)),
    );
}

function sameFile(a: string, b: string): boolean {
  return existsSync(a) && existsSync(b) && readFileSync(a).equals(readFileSync(b));
}
