import { join } from "node:path";
import { expect, test } from "vitest";
import { findStale } from "../../scripts/generate/stale";
import { FOLDER } from "../support/release";

const CLIENTS = join(import.meta.dirname, "..", "..", "src", "clients");

test("the generated clients are those of the IDLs in releases", async () => {
  expect(await findStale(FOLDER, CLIENTS), "run `npm run generate`").toEqual([]);
});
