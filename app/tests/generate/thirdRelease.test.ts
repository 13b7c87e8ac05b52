import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generate } from "../../scripts/generate/generate";
import { generatedFiles } from "../../scripts/generate/stale";
import { releaseNumbers } from "../../../migrations/releases";
import { FOLDER, NEWEST } from "../support/release";

// A release is added in a copy of `releases`: a folder with its IDL, and a line in the table.

const ADDED = NEWEST + 1;

let copy: string;
let clients: string;
beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), "third-release-"));
  clients = join(copy, "clients");
  const releases = join(copy, "releases");
  cpSync(FOLDER, releases, { recursive: true });
  addRelease(releases);
  await generate(releases, clients);
});
afterAll(() => {
  rmSync(copy, { recursive: true });
});

function addRelease(releases: string): void {
  const newest = join(releases, `v${NEWEST}`);
  const added = join(releases, `v${ADDED}`);
  cpSync(newest, added, { recursive: true });
  const path = join(added, "app.json");
  const idl = JSON.parse(readFileSync(path, "utf8")) as { instructions: { name: string; discriminator: number[] }[] };
  const update = idl.instructions.find(({ name }) => name === "update");
  if (update === undefined) throw new Error("the newest release has an instruction `update`");
  idl.instructions.push({ ...update, name: "update_v3", discriminator: [3, 3, 3, 3, 3, 3, 3, 3] });
  writeFileSync(path, JSON.stringify(idl));

  const table = join(releases, "releases.json");
  const lines = readFileSync(table, "utf8").trimEnd().split("\n");
  writeFileSync(table, [...lines.slice(0, -1), `, { "release": ${ADDED} }`, "]"].join("\n"));
}

function read(file: string): string {
  return readFileSync(join(clients, file), "utf8");
}

test("it has a client with its new instruction", () => {
  const folder = `v${ADDED}/generated`;
  expect(read(`${folder}/app/instructions/updateV3.ts`)).toContain("getUpdateV3Instruction");
  expect(read(`${folder}/app/accountCounts.ts`)).toContain("[AppInstruction.UpdateV3]: { all: 2, required: 2 }");
  expect(read(`${folder}/app/errorTable.ts`)).toMatch(`// Made from releases/v${ADDED}/app.json`);
  expect(read(`${folder}/anchorErrors.ts`)).toBe(read(`v${NEWEST}/generated/anchorErrors.ts`));
});

test("it changes no client of before, not by a byte", () => {
  const committed = join(import.meta.dirname, "..", "..", "src", "clients");
  const before = generatedFiles(committed);
  expect(
    generatedFiles(clients)
      .filter((file) => !file.startsWith(`v${ADDED}/`))
      .sort(),
  ).toEqual([...before].sort());
  for (const file of before) expect(read(file), file).toBe(readFileSync(join(committed, file), "utf8"));
});

test("it is a line of the table, and nothing else names it", () => {
  expect(releaseNumbers(join(copy, "releases"))).toEqual([...releaseNumbers(FOLDER), ADDED]);
});
