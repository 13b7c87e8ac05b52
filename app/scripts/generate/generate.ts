import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createFromRoot } from "codama";
import { rootNodeFromAnchor } from "@codama/nodes-from-anchor";
import { renderVisitor } from "@codama/renderers-js";
import { accountCounts } from "./accountCounts";
import { anchorErrors } from "./anchorErrors";
import { errorTable } from "./errorTable";
import { parseIdl } from "./idl";

const APP = join(import.meta.dirname, "..", "..");

/** Where the generated clients are checked in. */
export const GENERATED = join(APP, "src", "clients", "v2", "generated");

/** The programs of release 2; each has an IDL in releases/v2. */
const PROGRAMS = ["app", "migrator", "successor"] as const;

/** Writes a folder per program: Codama's client of it and the tables that Codama does not make. */
export async function generate(folder: string): Promise<void> {
  for (const program of PROGRAMS) {
    const text = readFileSync(join(APP, "..", "releases", "v2", `${program}.json`), "utf8");
    const idl = parseIdl(text);
    const target = join(folder, program);
    await renderCodamaClient(text, target);
    writeFileSync(join(target, "errorTable.ts"), errorTable(idl));
    // Only this program has clients of an older release.
    if (program === "app") writeFileSync(join(target, "accountCounts.ts"), accountCounts(idl));
  }
  writeFileSync(join(folder, "anchorErrors.ts"), anchorErrors());
}

async function renderCodamaClient(idl: string, folder: string): Promise<void> {
  const codama = createFromRoot(rootNodeFromAnchor(JSON.parse(idl) as CodamaIdl));
  // Without a package folder the renderer reads no Prettier configuration, so the output depends on
  // the pinned packages alone.
  await codama.accept(renderVisitor(folder, { syncPackageJson: false }));
}

type CodamaIdl = Parameters<typeof rootNodeFromAnchor>[0];
