import { expect, test } from "vitest";
import { explainError } from "../../../src/clients/v2";
import { matrix } from "./matrix";
import { tableOf } from "./page";
import { ROWS } from "./rows";

test("every cell of the table in docs/matrix.md is what happens to TypeScript clients too", async () => {
  const table = await matrix({
    rows: ROWS,
    prepare: () => Promise.resolve(),
    explain: (error, transaction) => explainError(error, transaction),
    elsewhere: (_cluster, config) => Promise.reject(new Error(`no row of these retires ${config}`)),
  });
  expect(table).toBe(tableOf("matrix.md", "matrix"));
});
