import { expect, test } from "vitest";
import { findStale } from "../../scripts/generate/stale";

test("the generated clients are those of the IDLs in releases/v2", async () => {
  expect(await findStale(), "run `npm run generate`").toEqual([]);
});
