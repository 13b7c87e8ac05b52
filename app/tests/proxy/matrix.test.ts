import { expect, test } from "vitest";
import { explainError, fetchSuccessor, findSuccessor, migrateAccount, successor } from "../../src/clients/proxy";
import { feeAndOperators } from "../mixed/matrix/describe";
import { matrix } from "../mixed/matrix/matrix";
import { tableOf } from "../mixed/matrix/page";
import type { Row } from "../mixed/matrix/rows";
import { FUNDS } from "../support/cluster";
import { deployProxyPath } from "./support/scene";

const ROWS: readonly Row[] = [
  {
    client: 2,
    instruction: "migrate_account",
    build: ({ authority }) => migrateAccount({ authority, maxPayment: FUNDS }),
  },
  {
    client: 2,
    instruction: "adopt",
    how: " of the successor",
    build: ({ authority, config }) =>
      successor.getAdoptInstructionAsync({
        predecessor: config,
        authority,
        payer: authority,
        version: 1,
        value: 7,
        revision: 0,
        fee: { mint: config, amount: 0 },
        operators: [],
      }),
  },
  {
    client: 2,
    instruction: "update",
    how: " of the successor",
    build: async ({ authority, config }) =>
      successor.getUpdateInstruction({ config: await findSuccessor(config), authority, value: 7 }),
  },
];

test("every cell of the table in docs/proxy.md is what happens to TypeScript clients too", async () => {
  const table = await matrix({
    rows: ROWS,
    prepare: deployProxyPath,
    retire: async (cluster, { authority }) => {
      await cluster.send(await migrateAccount({ authority, maxPayment: FUNDS }));
    },
    explain: explainError,
    elsewhere: async (cluster, config) => {
      const moved = await fetchSuccessor(cluster.rpc, config);
      if (moved === null) throw new Error(`${config} has no successor`);
      const { value, revision, fee, operators } = moved.data;
      return `successor: value ${value}, revision ${revision}${feeAndOperators(fee.amount, operators)}`;
    },
  });
  expect(table).toBe(tableOf("proxy.md", "proxy-matrix"));
});
