import { expect, test } from "vitest";
import { explainError } from "../../../src/clients/v2";
import type { Cluster } from "../../support/cluster";
import { retire } from "../../support/config";
import { key } from "../../support/key";
import { createMint, createTokenAccount, TOKEN_PROGRAMS } from "../../support/token";
import { authorityOf, matrix } from "./matrix";
import { tableOf } from "./page";
import { BY_AN_OPERATOR, ROWS } from "./rows";

/** The token of the fee: the operator has some, and the authority whose config it updates has an account. */
async function createToken(cluster: Cluster): Promise<void> {
  const token = await createMint(cluster, TOKEN_PROGRAMS["SPL Token"]);
  const [payer, recipient] = [await key("operator"), await key(authorityOf(BY_AN_OPERATOR))];
  await createTokenAccount(cluster, token, "source", payer.address, 1_000n);
  await createTokenAccount(cluster, token, "vault", recipient.address, 0n);
}

test("every cell of the table in docs/matrix.md is what happens to TypeScript clients too", async () => {
  const table = await matrix({
    rows: ROWS,
    prepare: createToken,
    retire: (cluster, owned) => {
      retire(cluster, owned);
      return Promise.resolve();
    },
    explain: (error, transaction) => explainError(error, transaction),
    elsewhere: (_cluster, config) => Promise.reject(new Error(`no row of these retires ${config}`)),
  });
  expect(table).toBe(tableOf("matrix.md", "matrix"));
});
