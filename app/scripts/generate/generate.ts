import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createFromRoot } from "codama";
import { rootNodeFromAnchor } from "@codama/nodes-from-anchor";
import { renderVisitor } from "@codama/renderers-js";
import { accountCounts } from "./accountCounts";
import { anchorErrors } from "./anchorErrors";
import { type Client, generatedClients } from "./clients";
import { errorTable } from "./errorTable";
import { parseIdl } from "./idl";

/** Where a client's generated code is, below the folder of all clients. */
export function generatedFolder(client: Client): string {
  return join(client.name, "generated");
}

/** Writes the generated code of every client, from the IDLs in `releases` to the folder `clients`. */
export async function generate(releases: string, clients: string): Promise<void> {
  for (const client of generatedClients(releases)) {
    await generateClient(client, releases, join(clients, generatedFolder(client)));
  }
}

/** Writes a folder per program: Codama's client of it and the tables that Codama does not make. */
async function generateClient({ idls, ofRelease }: Client, releases: string, folder: string): Promise<void> {
  for (const path of idls) {
    const text = readFileSync(join(releases, path), "utf8");
    const idl = parseIdl(text);
    const source = `releases/${path}`;
    const target = join(folder, idl.metadata.name);
    await renderCodamaClient(text, target);
    writeFileSync(join(target, "errorTable.ts"), errorTable(idl, source));
    if (ofRelease) writeFileSync(join(target, "accountCounts.ts"), accountCounts(idl, source));
  }
  if (ofRelease) writeFileSync(join(folder, "anchorErrors.ts"), anchorErrors());
}

async function renderCodamaClient(idl: string, folder: string): Promise<void> {
  const codama = createFromRoot(rootNodeFromAnchor(JSON.parse(idl) as CodamaIdl));
  // Without a package folder the renderer reads no Prettier configuration, so the output depends on
  // the pinned packages alone.
  await codama.accept(renderVisitor(folder, { syncPackageJson: false }));
}

type CodamaIdl = Parameters<typeof rootNodeFromAnchor>[0];
